extension Kernel {
  /// read(2).
  ///
  /// - Throws: `EBADF` for a descriptor that cannot be read from, `EINVAL` for a negative count, `EFAULT` if the buffer
  ///   is not mapped; then nothing is read.
  /// - Source: Linux, fs/read_write.c, `vfs_read()`.
  mutating func read(
    _ task: TaskID, _ descriptor: Int, into buffer: Int, count: Int
  ) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard count >= 0 else { throw .EINVAL }
    switch file.object {
    case .console: return .value(0)
    case .pipe(let pipe, .read):
      try checkWritable(task, buffer, count: count)
      return try readPipe(task, pipe, into: buffer, count: count, nonblocking: file.nonblocking)
    case .pipe(_, .write): throw .EBADF
    }
  }

  /// write(2).
  ///
  /// - Throws: `EBADF` for a descriptor that cannot be written to, `EINVAL` for a negative count, `EFAULT` if the bytes
  ///   are not mapped; then nothing is written.
  /// - Complexity: O(count).
  /// - Source: Linux, fs/read_write.c, `vfs_write()`.
  /// - Simplified: all bytes are copied each time the call is tried, including those that were already written.
  mutating func write(
    _ task: TaskID, _ descriptor: Int, from buffer: Int, count: Int
  ) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard count >= 0 else { throw .EINVAL }
    switch file.object {
    case .console: return print(task, try copyFromUser(task, buffer, count: count)[...])
    case .pipe(let pipe, .write):
      let bytes = try copyFromUser(task, buffer, count: count)
      return try writePipe(task, pipe, bytes, nonblocking: file.nonblocking)
    case .pipe(_, .read): throw .EBADF
    }
  }

  /// Prints on the console.
  private mutating func print(_ task: TaskID, _ bytes: ArraySlice<UInt8>) -> CallAnswer {
    console.write(bytes)
    log(tasks[task].cpu, .consoleWrite(tasks[task].pid, count: bytes.count))
    return .value(bytes.count)
  }

  /// close(2).
  ///
  /// - Throws: `EBADF` for a descriptor that is not open.
  /// - Source: Linux, fs/open.c, `close_fd()`.
  /// - Simplified: the console cannot be closed.
  mutating func close(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    try closeDescriptor(task, descriptor)
    return .value(0)
  }

  /// fcntl(2), `F_SETFL` with `O_NONBLOCK` or nothing.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EINVAL` for other commands and flags.
  /// - Source: Linux, fs/fcntl.c, `setfl()`.
  mutating func fcntl(
    _ task: TaskID, _ descriptor: Int, command: Int, flags: Int
  ) throws(Errno) -> CallAnswer {
    guard let file = files.find(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard FileCommand(rawValue: command) == .F_SETFL, flags == 0 || FileFlag(rawValue: flags) == .O_NONBLOCK else {
      throw .EINVAL
    }
    files[file]?.nonblocking = flags != 0
    return .value(0)
  }

  /// Closes everything that a task has open.
  ///
  /// - Source: Linux, fs/file.c, `close_files()`.
  mutating func closeFiles(of task: TaskID) {
    for file in files.release(tasks[task].files) { closeObject(of: file) }
    tasks[task].files = .none
  }

  private mutating func closeDescriptor(_ task: TaskID, _ descriptor: Int) throws(Errno) {
    if let file = try files.remove(descriptor, from: tasks[task].files) { closeObject(of: file) }
  }

  /// Closes the object of an open file description that is gone.
  private mutating func closeObject(of file: OpenFile) {
    switch file.object {
    case .console: break
    case .pipe(let pipe, let end): closePipe(pipe, end)
    }
  }
}
