extension Kernel {
  /// pipe(2): the descriptors of the read end and of the write end, in two registers.
  ///
  /// - Throws: `EMFILE` where the caller has not two descriptors left; then no pipe is made.
  /// - Source: Linux, fs/pipe.c, `do_pipe2()`.
  mutating func pipe(_ task: TaskID, _ read: Register, _ write: Register) throws(Errno) -> CallAnswer {
    guard files.freeDescriptors(of: tasks[task].files) >= 2 else { throw .EMFILE }
    var new = components.pipe.init()
    new.open(.read)
    new.open(.write)
    let id = PipeID(raw: pipes.insert(PipeRow(pipe: new)))
    tasks[task].engine.registers[read] = try files.insert(OpenFile(pipe: id, end: .read), into: &tasks[task].files)
    tasks[task].engine.registers[write] = try files.insert(OpenFile(pipe: id, end: .write), into: &tasks[task].files)
    return .value(0)
  }

  /// read(2); from the console there is never anything.
  mutating func read(_ task: TaskID, _ descriptor: Int, _ count: Int) throws(Errno) -> CallAnswer {
    if descriptor == 0 { return .value(0) }
    let file = try end(.read, task, descriptor)
    guard count >= 0 else { throw .EINVAL }
    guard let transfer = pipes[file.pipe.raw]?.pipe.read(count, nonblocking: file.nonblocking) else { throw .EBADF }
    return try answer(transfer, of: task, on: file)
  }

  /// write(2); descriptors 1 and 2 are the console.
  mutating func write(_ task: TaskID, _ descriptor: Int, _ source: SystemCall.Source) throws(Errno) -> CallAnswer {
    let bytes = try contents(source, of: task)
    if descriptor == 1 || descriptor == 2 { return print(task, bytes[...]) }
    let file = try end(.write, task, descriptor)
    let rest = bytes.dropFirst(tasks[task].callProgress)
    guard let transfer = pipes[file.pipe.raw]?.pipe.write(rest, of: bytes.count, nonblocking: file.nonblocking) else {
      throw .EBADF
    }
    if transfer.answer == .failed(.EPIPE) { return exit(task, .signaled(.SIGPIPE)) }
    return try answer(transfer, of: task, on: file)
  }

  /// Prints on the console.
  mutating func print(_ task: TaskID, _ bytes: ArraySlice<UInt8>) -> CallAnswer {
    console.write(bytes)
    log(tasks[task].cpu, .consoleWrite(tasks[task].pid, count: bytes.count))
    return .value(bytes.count)
  }

  /// close(2).
  mutating func close(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    try closeDescriptor(task, descriptor)
    return .value(0)
  }

  /// fcntl(2), `F_SETFL` with `O_NONBLOCK`.
  mutating func setNonblocking(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    guard let file = files.find(descriptor, in: tasks[task].files) else { throw .EBADF }
    files[file]?.nonblocking = true
    return .value(0)
  }

  /// Closes everything that a task has open.
  mutating func closeFiles(of task: TaskID) {
    let table = tasks[task].files
    guard table != .none else { return }
    for descriptor in files.descriptors(of: table) {
      do throws(Errno) {
        try closeDescriptor(task, descriptor)
      } catch {
        preconditionFailure("an open descriptor can be closed: \(error)")
      }
    }
    files.removeTable(table)
    tasks[task].files = .none
  }

  private mutating func closeDescriptor(_ task: TaskID, _ descriptor: Int) throws(Errno) {
    guard let file = try files.remove(descriptor, from: tasks[task].files) else { return }
    guard let transfer = pipes[file.pipe.raw]?.pipe.close(file.end) else { return }
    wake(transfer, on: file.pipe)
    pipes[file.pipe.raw]?.openFiles -= 1
    if pipes[file.pipe.raw]?.openFiles == 0 { pipes.remove(file.pipe.raw) }
  }

  private func end(_ end: PipeEnd, _ task: TaskID, _ descriptor: Int) throws(Errno) -> OpenFile {
    guard let id = files.find(descriptor, in: tasks[task].files), let file = files[id], file.end == end else {
      throw .EBADF
    }
    return file
  }

  /// The bytes that a write transfers.
  ///
  /// - Throws: `EFAULT` for a text that the program does not have.
  private func contents(_ source: SystemCall.Source, of task: TaskID) throws(Errno) -> [UInt8] {
    switch source {
    case .text(let text):
      let texts = programs[tasks[task].engine.program.index].texts
      guard texts.indices.contains(text) else { throw .EFAULT }
      return Array(texts[text].utf8)
    case .letters(let count):
      return Array(repeating: name(of: tasks[task].pid).utf8.first ?? UInt8(ascii: "?"), count: max(0, count))
    }
  }

  /// Wakes the tasks that the pipe says, and turns its answer to one try into that of the system call.
  ///
  /// The result of a call is what all its tries have moved; an error after progress is the progress.
  private mutating func answer(
    _ transfer: PipeTransfer, of task: TaskID, on file: OpenFile
  ) throws(Errno) -> CallAnswer {
    wake(transfer, on: file.pipe)
    let progress = tasks[task].callProgress
    switch transfer.answer {
    case .done(let count): return .value(progress + count)
    case .failed(let error):
      guard progress > 0 else { throw error }
      return .value(progress)
    case .sleep(let progress):
      tasks[task].callProgress += progress
      switch file.end {
      case .read: pipes[file.pipe.raw]?.readers.append(task)
      case .write: pipes[file.pipe.raw]?.writers.append(task)
      }
      return .sleep(.pipe(file.pipe, file.end))
    }
  }

  private mutating func wake(_ transfer: PipeTransfer, on pipe: PipeID) {
    if transfer.wakesReaders {
      let sleepers = pipes[pipe.raw]?.readers ?? []
      pipes[pipe.raw]?.readers = []
      for task in sleepers { wakeUp(task) }
    }
    if transfer.wakesWriters {
      let sleepers = pipes[pipe.raw]?.writers ?? []
      pipes[pipe.raw]?.writers = []
      for task in sleepers { wakeUp(task) }
    }
  }
}
