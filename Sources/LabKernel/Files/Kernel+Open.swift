extension Kernel {
  /// openat(2): opens a file, or makes it.
  ///
  /// - Throws: `EINVAL` for `O_CREAT|O_DIRECTORY`, `EMFILE`, what finding the path throws, `EEXIST` with
  ///   `O_CREAT|O_EXCL`, `EISDIR` for writing to a directory, `ENOTDIR` with `O_DIRECTORY`, `EACCES`, `ENOSPC`.
  /// - Source: Linux, fs/open.c, `do_sys_openat2()`; fs/namei.c, `path_openat()`.
  mutating func open(
    _ task: TaskID, from start: Int, path address: Int, flags: Int, mode: Int
  ) throws(Errno) -> CallAnswer {
    let makesDirectory = FileFlag.O_CREAT.isSet(in: flags) && FileFlag.O_DIRECTORY.isSet(in: flags)
    guard !makesDirectory else { throw .EINVAL }
    let path = try copyPath(task, at: address)
    guard files.freeDescriptors(of: tasks[task].files) > 0 else { throw .EMFILE }
    var made: InodeID?
    if FileFlag.O_CREAT.isSet(in: flags) {
      made = try makeMissing(task, path, from: start, mode: mode, isExclusive: FileFlag.O_EXCL.isSet(in: flags))
    }
    let place: PathTarget = if let made { .inode(made) } else { try find(task, path, from: start) }
    if made == nil { try checkOpen(task, place, flags) }
    let kept = FileFlag.accessMode | FileFlag.settable | FileFlag.O_DIRECTORY.rawValue
    var file = OpenFile(try object(of: place, for: task, truncated: FileFlag.O_TRUNC.isSet(in: flags)), .O_LARGEFILE)
    file.flags |= flags & kept
    return .value(
      try files.insert(file, into: &tasks[task].files, closesOnExec: FileFlag.O_CLOEXEC.isSet(in: flags)))
  }

  /// Makes a regular file if a path leads to nothing; nil if it leads to one.
  ///
  /// Its maker may open it whatever its mode.
  /// - Source: Linux, fs/namei.c, `lookup_open()`.
  private mutating func makeMissing(
    _ task: TaskID, _ path: [UInt8], from start: Int, mode: Int, isExclusive: Bool
  ) throws(Errno) -> InodeID? {
    let (directory, name) = try findParent(task, path, from: start)
    if name.isEmpty || path.last == UInt8(ascii: "/") { throw .EISDIR }
    guard let found = try lookUp(task, name, in: directory) else {
      return try make(task, name, .regular, mode: mode & 0o1777, in: directory)
    }
    if isExclusive { throw .EEXIST }
    if kind(of: found) == .directory { throw .EISDIR }
    return nil
  }

  /// What a name in a directory leads to; nil if there is no such name.
  func lookUp(_ task: TaskID, _ name: ArraySlice<UInt8>, in directory: PathTarget) throws(Errno) -> PathTarget? {
    do {
      return try step(task, from: directory, to: name)
    } catch {
      guard error == .ENOENT else { throw error }
      return nil
    }
  }

  /// Makes a file with the permissions that the umask leaves.
  mutating func make(
    _ task: TaskID, _ name: ArraySlice<UInt8>, _ kind: FileKind, mode: Int, in directory: PathTarget
  ) throws(Errno) -> InodeID {
    guard case .inode(let parent) = directory, parent != tree.proc else { throw .ENOENT }
    try checkAccess(task, directory, .W_OK)
    return try tree.make(name, kind, mode: mode & ~umask(of: task), owner: tasks[task].credentials, in: parent)
  }

  /// Refuses what may not be opened so.
  ///
  /// - Source: Linux, fs/namei.c, `may_open()` and `do_open()`.
  private func checkOpen(_ task: TaskID, _ place: PathTarget, _ flags: Int) throws(Errno) {
    let access = flags & FileFlag.accessMode
    if kind(of: place) == .directory {
      if access != FileFlag.O_RDONLY.rawValue || FileFlag.O_TRUNC.isSet(in: flags) { throw .EISDIR }
    } else if FileFlag.O_DIRECTORY.isSet(in: flags) {
      throw .ENOTDIR
    }
    if access != FileFlag.O_WRONLY.rawValue { try checkAccess(task, place, .R_OK) }
    if access != FileFlag.O_RDONLY.rawValue { try checkAccess(task, place, .W_OK) }
  }

  /// What an open file description of it stands for, which is one more user.
  private mutating func object(
    of place: PathTarget, for task: TaskID, truncated: Bool
  ) throws(Errno) -> FileObject {
    switch place {
    case .inode(let inode) where inode == tree.proc: return .inode(tree.insertNameless(processEntries(seenBy: task)))
    case .inode(let inode):
      if case .device(let device) = tree[inode]?.kind { return .device(device) }
      if truncated { try tree.truncate(inode, to: 0) }
      return .inode(tree.retain(inode))
    case .process(let pid): return .inode(tree.insertNameless(entries(of: pid)))
    case .processFile(let pid, let file):
      return .inode(tree.insertNameless(Array(text(of: file, pid, seenBy: task).utf8)))
    }
  }
}
