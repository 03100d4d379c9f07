extension Kernel {
  /// read(2).
  ///
  /// - Throws: `EBADF` for a descriptor that cannot be read from, `EFAULT` if the buffer is not mapped, or the
  ///   count is negative, `EISDIR` for a directory; then nothing is read.
  /// - Source: Linux, fs/read_write.c, `vfs_read()`.
  mutating func read(
    _ task: TaskID, _ descriptor: Int, into buffer: Int, count: Int
  ) throws(Errno) -> CallAnswer {
    guard let id = files.find(descriptor, in: tasks[task].files), let file = files[id], file.isReadable else {
      throw .EBADF
    }
    guard count >= 0 else { throw .EFAULT }
    switch file.object {
    case .device(let device): return try read(task, device, into: buffer, count: count)
    case .pipe(let pipe, _):
      // An empty pipe never looks at the buffer.
      if count > 0, pipes[pipe]?.pipe.count ?? 0 > 0 { try checkWritable(task, buffer, count: count) }
      return try readPipe(task, pipe, into: buffer, count: count, nonblocking: file.isNonblocking)
    case .inode(let inode):
      guard tree[inode]?.kind != .directory else { throw .EISDIR }
      let bytes = tree.bytes(of: inode, from: file.offset, count: count)
      if !bytes.isEmpty { try copyToUser(task, bytes, at: buffer) }
      files[id]?.offset += bytes.count
      return .value(bytes.count)
    }
  }

  /// write(2).
  ///
  /// - Throws: `EBADF` for a descriptor that cannot be written to, `EINVAL` below `/proc`, `EFAULT` if the bytes are not
  ///   mapped, or the count is negative, `EFBIG` or `ENOSPC` without room; then nothing is written.
  /// - Complexity: O(count).
  /// - Source: Linux, fs/read_write.c, `vfs_write()`.
  /// - Simplified: all bytes are copied each time the call is tried, including those that were already written.
  mutating func write(
    _ task: TaskID, _ descriptor: Int, from buffer: Int, count: Int
  ) throws(Errno) -> CallAnswer {
    guard let id = files.find(descriptor, in: tasks[task].files), let file = files[id], file.isWritable else {
      throw .EBADF
    }
    guard count >= 0 else { throw .EFAULT }
    switch file.object {
    case .device(.null), .device(.zero): return .value(count)
    case .device(.console), .device(.tty): return print(task, try copyFromUser(task, buffer, count: count)[...])
    case .pipe(let pipe, _):
      let bytes = try copyFromUser(task, buffer, count: count)
      return try writePipe(task, pipe, bytes, nonblocking: file.isNonblocking)
    case .inode(let inode):
      guard tree[inode]?.isShown == false else { throw .EINVAL }
      let bytes = try copyFromUser(task, buffer, count: count)
      let offset = FileFlag.O_APPEND.isSet(in: file.flags) ? tree[inode]?.bytes.count ?? 0 : file.offset
      let written = try tree.write(bytes, to: inode, at: offset)
      files[id]?.offset = offset + written
      return .value(written)
    }
  }

  /// lseek(2): moves the offset of an open file description, which all its descriptors share.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EINVAL` for an origin that does not exist or an offset below
  ///   0, `ESPIPE` for what has no offset.
  /// - Source: Linux, fs/read_write.c, `ksys_lseek()` and `generic_file_llseek()`; drivers/char/mem.c, `null_lseek()`.
  /// - Simplified: no `SEEK_DATA` and `SEEK_HOLE`.
  mutating func seek(_ task: TaskID, _ descriptor: Int, by offset: Int, from origin: Int) throws(Errno) -> CallAnswer {
    guard let id = files.find(descriptor, in: tasks[task].files), let file = files[id] else { throw .EBADF }
    guard let origin = SeekOrigin(rawValue: origin) else { throw .EINVAL }
    switch file.object {
    case .device(.console), .device(.tty), .pipe: throw .ESPIPE
    case .device(.null), .device(.zero): return .value(0)
    case .inode(let inode):
      let start =
        switch origin {
        case .SEEK_SET: 0
        case .SEEK_CUR: file.offset
        case .SEEK_END: tree[inode]?.bytes.count ?? 0
        }
      let (place, overflow) = start.addingReportingOverflow(offset)
      guard !overflow, place >= 0 else { throw .EINVAL }
      files[id]?.offset = place
      return .value(place)
    }
  }

  /// ftruncate(2).
  ///
  /// - Throws: `EINVAL` for a negative length and for what is not a regular file open for writing, `EBADF`, `EFBIG`,
  ///   `ENOSPC`.
  /// - Source: Linux, fs/open.c, `do_sys_ftruncate()`.
  mutating func truncate(_ task: TaskID, _ descriptor: Int, to length: Int) throws(Errno) -> CallAnswer {
    guard length >= 0 else { throw .EINVAL }
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard file.isWritable, case .inode(let inode) = file.object, tree[inode]?.kind == .regular,
      tree[inode]?.isShown == false
    else { throw .EINVAL }
    try tree.truncate(inode, to: length)
    return .value(0)
  }

  /// fsync(2): does nothing, because there is no disk to which what was written would have to go.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EINVAL` for a pipe or a device.
  /// - Source: Linux, fs/sync.c, `do_fsync()`; fs/libfs.c, `noop_fsync()`.
  func synchronize(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    guard case .inode = file.object else { throw .EINVAL }
    return .value(0)
  }

  /// read(2) of a device.
  private mutating func read(_ task: TaskID, _ device: Device, into buffer: Int, count: Int) throws(Errno) -> CallAnswer
  {
    switch device {
    case .null: return .value(0)
    case .zero:
      try checkWritable(task, buffer, count: count)
      try copyToUser(task, Array(repeating: 0, count: count)[...], at: buffer)
      return .value(count)
    case .console, .tty:
      if count == 0 || terminal.isAtEnd { return .value(0) }
      try checkWritable(task, buffer, count: count)
      let line = terminal.read(count)
      try copyToUser(task, line, at: buffer)
      return .value(line.count)
    }
  }

  /// Prints on the console.
  private mutating func print(_ task: TaskID, _ bytes: ArraySlice<UInt8>) -> CallAnswer {
    console.write(bytes)
    log(tasks[task].cpu, .consoleWrite(tasks[task].pid, count: bytes.count))
    return .value(bytes.count)
  }
}
