extension Kernel {
  /// pipe2(2): stores the descriptors of the read end and of the write end, four bytes each.
  ///
  /// - Throws: `EMFILE` if the caller does not have two descriptors left, `EFAULT` for a bad address, `EINVAL` for
  ///   other flags than `O_CLOEXEC` and `O_NONBLOCK`; then no pipe is made.
  /// - Source: Linux, fs/pipe.c, `do_pipe2()`.
  /// - Simplified: no packets (`O_DIRECT`).
  mutating func makePipe(_ task: TaskID, descriptors: Int, flags: Int) throws(Errno) -> CallAnswer {
    let (closes, nonblocking) = (FileFlag.O_CLOEXEC.isSet(in: flags), flags & FileFlag.O_NONBLOCK.rawValue)
    guard flags & ~(FileFlag.O_CLOEXEC.rawValue | FileFlag.O_NONBLOCK.rawValue) == 0 else { throw .EINVAL }
    guard files.freeDescriptors(of: tasks[task].files) >= 2 else { throw .EMFILE }
    try checkWritable(task, descriptors, count: 2 * Width.int.rawValue)
    var new = components.ipc.pipe.init()
    new.open(.read)
    new.open(.write)
    // Two open files use it: the ends.
    let id = pipes.retain(pipes.insert(PipeRow(pipe: new)))
    let (readers, writers) = (makeQueue(of: .pipe(id, .read)), makeQueue(of: .pipe(id, .write)))
    pipes[id]?.readers = readers
    pipes[id]?.writers = writers
    var ends = [OpenFile(.pipe(id, .read), .O_RDONLY), OpenFile(.pipe(id, .write), .O_WRONLY)]
    for end in ends.indices { ends[end].flags |= nonblocking }
    let read = try files.insert(ends[0], into: &tasks[task].files, closesOnExec: closes)
    let write = try files.insert(ends[1], into: &tasks[task].files, closesOnExec: closes)
    try putUser(task, read, .int, at: descriptors)
    try putUser(task, write, .int, at: descriptors + Width.int.rawValue)
    return .value(0)
  }

  /// read(2) of a pipe.
  mutating func readPipe(
    _ task: TaskID, _ id: PipeID, into buffer: Int, count: Int, nonblocking: Bool
  ) throws(Errno) -> CallAnswer {
    guard let transfer = pipes[id]?.pipe.read(count, nonblocking: nonblocking) else { throw .EBADF }
    if !transfer.bytes.isEmpty { try copyToUser(task, transfer.bytes.prefix(count), at: buffer) }
    return try answer(transfer, of: task, on: id, .read)
  }

  /// write(2) to a pipe, of the bytes that earlier tries of the call have left.
  mutating func writePipe(
    _ task: TaskID, _ id: PipeID, _ bytes: [UInt8], nonblocking: Bool
  ) throws(Errno) -> CallAnswer {
    let rest = bytes.dropFirst(tasks[task].callProgress)
    guard let transfer = pipes[id]?.pipe.write(rest, of: bytes.count, nonblocking: nonblocking) else {
      throw .EBADF
    }
    if transfer.answer == .failed(.EPIPE) { send(.SIGPIPE, to: task, .thread) }
    return try answer(transfer, of: task, on: id, .write)
  }

  /// Drops an open file's reference to an end of a pipe, and the pipe with the last one.
  ///
  /// Wakes the tasks that the pipe names.
  mutating func closePipe(_ id: PipeID, _ end: PipeEnd) {
    guard let transfer = pipes[id]?.pipe.close(end) else { return }
    wake(transfer, on: id)
    guard let row = pipes.release(id) else { return }
    removeQueue(row.readers)
    removeQueue(row.writers)
  }

  /// Wakes the tasks that the pipe names, and turns its answer to one try into the answer of the system call.
  ///
  /// The result of a call is what all its tries have moved; after progress, an error is dropped and the progress
  /// returned.
  private mutating func answer(
    _ transfer: PipeTransfer, of task: TaskID, on pipe: PipeID, _ end: PipeEnd
  ) throws(Errno) -> CallAnswer {
    wake(transfer, on: pipe)
    let progress = tasks[task].callProgress
    switch transfer.answer {
    case .done(let count): return .value(progress + count)
    case .failed(let error):
      guard progress > 0 else { throw error }
      return .value(progress)
    case .sleep(let progress):
      tasks[task].callProgress += progress
      guard let row = pipes[pipe] else { throw .EBADF }
      return .sleep(on: end == .read ? row.readers : row.writers)
    }
  }

  private mutating func wake(_ transfer: PipeTransfer, on pipe: PipeID) {
    guard let row = pipes[pipe] else { return }
    if transfer.wakesReaders { wakeUp(row.readers) }
    if transfer.wakesWriters { wakeUp(row.writers) }
  }
}
