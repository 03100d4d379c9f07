// What tasks do with the names of open files, whatever the files are.

extension Kernel {
  /// close(2).
  ///
  /// - Throws: `EBADF` for a descriptor that is not open.
  /// - Source: Linux, fs/open.c, `close_fd()`.
  mutating func close(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    if let file = try files.remove(descriptor, from: &tasks[task].files) { closeObject(of: file) }
    return .value(0)
  }

  /// dup(2): the lowest free descriptor becomes another name of the same open file description.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EMFILE` if none is free.
  /// - Source: Linux, fs/file.c, `dup()`.
  mutating func duplicate(_ task: TaskID, _ descriptor: Int) throws(Errno) -> CallAnswer {
    .value(try files.duplicate(descriptor, in: &tasks[task].files))
  }

  /// dup3(2): `other` becomes another name of the same open file description; what it named before is closed.
  ///
  /// - Throws: `EINVAL` if both are equal or for other flags than `O_CLOEXEC`, `EBADF` for a descriptor that is not open
  ///   or a number that no descriptor may have.
  /// - Source: Linux, fs/file.c, `ksys_dup3()`; without flags, dup2(2) for two different numbers.
  mutating func duplicate(_ task: TaskID, _ descriptor: Int, over other: Int, flags: Int) throws(Errno) -> CallAnswer {
    guard flags & ~FileFlag.O_CLOEXEC.rawValue == 0, descriptor != other else { throw .EINVAL }
    guard (0..<FileTable.maximumDescriptors).contains(other) else { throw .EBADF }
    let old = try files.duplicate(
      descriptor, over: other, in: &tasks[task].files, closesOnExec: FileFlag.O_CLOEXEC.isSet(in: flags))
    if let old { closeObject(of: old) }
    return .value(other)
  }

  /// fcntl(2): the flags of descriptors and of open file descriptions, and more descriptors.
  ///
  /// - Parameter argument: the new flags, or the first number that a new descriptor may have.
  /// - Throws: `EBADF` for a descriptor that is not open, `EINVAL` for other commands and for a number that no
  ///   descriptor may have, `EMFILE` if none is free.
  /// - Source: Linux, fs/fcntl.c, `do_fcntl()`.
  /// - Simplified: no locks, owners, leases and seals; of the flags of a description, only `O_APPEND` and `O_NONBLOCK`
  ///   can be changed.
  mutating func fcntl(
    _ task: TaskID, _ descriptor: Int, command: Int, argument: Int
  ) throws(Errno) -> CallAnswer {
    guard let file = files.find(descriptor, in: tasks[task].files) else { throw .EBADF }
    switch FileCommand(rawValue: command) {
    case .F_DUPFD, .F_DUPFD_CLOEXEC:
      guard (0..<FileTable.maximumDescriptors).contains(argument) else { throw .EINVAL }
      let closes = command == FileCommand.F_DUPFD_CLOEXEC.rawValue
      return .value(
        try files.duplicate(descriptor, in: &tasks[task].files, from: argument, closesOnExec: closes))
    case .F_GETFD:
      let closes = files.closesOnExec(descriptor, in: tasks[task].files) ?? false
      return .value(closes ? DescriptorFlag.FD_CLOEXEC.rawValue : 0)
    case .F_SETFD:
      let closes = argument & DescriptorFlag.FD_CLOEXEC.rawValue != 0
      files.setClosesOnExec(descriptor, in: &tasks[task].files, closes)
      return .value(0)
    case .F_GETFL: return .value(files[file]?.flags ?? 0)
    case .F_SETFL:
      let kept = (files[file]?.flags ?? 0) & ~FileFlag.settable
      files[file]?.flags = kept | argument & FileFlag.settable
      return .value(0)
    case nil: throw .EINVAL
    }
  }

  /// Closes everything that a task has open.
  ///
  /// - Source: Linux, fs/file.c, `close_files()`.
  mutating func closeFiles(of task: TaskID) {
    for file in files.release(tasks[task].files) { closeObject(of: file) }
    tasks[task].files = .none
  }

  /// Closes the object of an open file description that is gone.
  mutating func closeObject(of file: OpenFile) {
    switch file.object {
    case .device: break
    case .inode(let inode): tree.release(inode)
    case .pipe(let pipe, let end): closePipe(pipe, end)
    }
  }
}
