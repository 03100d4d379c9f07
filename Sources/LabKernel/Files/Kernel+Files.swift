extension Kernel {
  /// read(2).
  ///
  /// - Throws: `EBADF` for a descriptor that cannot be read from, `EINVAL` for a negative count, `EFAULT` if the buffer
  ///   is not mapped; then nothing is read.
  /// - Source: Linux, fs/read_write.c, `vfs_read()`.
  mutating func read(
    _ task: TaskID, _ descriptor: Int, into buffer: Int, count: Int
  ) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files), file.isReadable else { throw .EBADF }
    guard count >= 0 else { throw .EINVAL }
    switch file.object {
    case .console: return .value(0)
    case .pipe(let pipe, _):
      try checkWritable(task, buffer, count: count)
      return try readPipe(task, pipe, into: buffer, count: count, nonblocking: file.isNonblocking)
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
    guard let file = files.file(descriptor, in: tasks[task].files), file.isWritable else { throw .EBADF }
    guard count >= 0 else { throw .EINVAL }
    switch file.object {
    case .console: return print(task, try copyFromUser(task, buffer, count: count)[...])
    case .pipe(let pipe, _):
      let bytes = try copyFromUser(task, buffer, count: count)
      return try writePipe(task, pipe, bytes, nonblocking: file.isNonblocking)
    }
  }

  /// lseek(2): moves the offset of an open file description, which all its descriptors share.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EINVAL` for an origin that does not exist, `ESPIPE` for what
  ///   has no offset.
  /// - Source: Linux, fs/read_write.c, `ksys_lseek()`.
  mutating func seek(_ task: TaskID, _ descriptor: Int, by offset: Int, from origin: Int) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard SeekOrigin(rawValue: origin) != nil else { throw .EINVAL }
    switch file.object {
    case .console, .pipe: throw .ESPIPE
    }
  }

  /// Prints on the console.
  private mutating func print(_ task: TaskID, _ bytes: ArraySlice<UInt8>) -> CallAnswer {
    console.write(bytes)
    log(tasks[task].cpu, .consoleWrite(tasks[task].pid, count: bytes.count))
    return .value(bytes.count)
  }
}
