// What tasks do with names, their working directory and their umask.

extension Kernel {
  /// mkdirat(2).
  ///
  /// - Throws: `EEXIST` if the name exists, what finding the path throws, `ENOSPC`.
  /// - Source: Linux, fs/namei.c, `do_mkdirat()`.
  mutating func makeDirectory(
    _ task: TaskID, from start: Int, path address: Int, mode: Int
  ) throws(Errno) -> CallAnswer {
    let (directory, name) = try findParent(task, try copyPath(task, at: address), from: start)
    guard !name.isEmpty, try lookUp(task, name, in: directory) == nil else { throw .EEXIST }
    _ = try make(task, name, .directory, mode: mode & 0o1777, in: directory)
    return .value(0)
  }

  /// unlinkat(2): removes a name, of a directory with `AT_REMOVEDIR`, else of anything but a directory.
  ///
  /// - Throws: `EISDIR` or `ENOTDIR` for the wrong kind, `ENOTEMPTY`, `EBUSY` for the root and `/proc`, `EPERM` below
  ///   `/proc` and for files of others in a directory with the sticky bit, what finding the path throws, `EINVAL` for other flags.
  /// - Source: Linux, fs/namei.c, `do_unlinkat()` and `do_rmdir()`.
  mutating func unlink(_ task: TaskID, from start: Int, path address: Int, flags: Int) throws(Errno) -> CallAnswer {
    guard flags & ~PathFlag.AT_REMOVEDIR.rawValue == 0 else { throw .EINVAL }
    let removesDirectory = flags != 0
    let path = try copyPath(task, at: address)
    let (directory, name) = try findParent(task, path, from: start)
    try checkName(name, removesDirectory)
    let place = try step(task, from: directory, to: name)
    guard case .inode(let inode) = place, case .inode(let parent) = directory else { throw .EPERM }
    let isDirectory = kind(of: place) == .directory
    if !isDirectory && (removesDirectory || path.last == UInt8(ascii: "/")) { throw .ENOTDIR }
    if isDirectory && !removesDirectory { throw .EISDIR }
    if inode == tree.proc { throw .EBUSY }
    guard tree[inode]?.entries.isEmpty ?? true else { throw .ENOTEMPTY }
    try checkAccess(task, directory, .W_OK)
    let (owner, user) = (tree[inode]?.user, tasks[task].credentials.effectiveUser)
    if mode(of: directory) & 0o1000 != 0, user != 0, user != owner, user != tree[parent]?.user { throw .EPERM }
    tree.unlink(name, from: parent)
    return .value(0)
  }

  /// Refuses names that every directory has.
  private func checkName(_ name: ArraySlice<UInt8>, _ removesDirectory: Bool) throws(Errno) {
    let text = String(decoding: name, as: UTF8.self)
    guard text.isEmpty || text == "." || text == ".." else { return }
    guard removesDirectory else { throw .EISDIR }
    throw text.isEmpty ? .EBUSY : text == "." ? .EINVAL : .ENOTEMPTY
  }

  /// faccessat(2): whether the caller may do something with a file.
  ///
  /// - Throws: `EACCES` if not, what finding the path throws, `EINVAL` for what cannot be asked.
  /// - Source: Linux, fs/open.c, `do_faccessat()`.
  func access(_ task: TaskID, from start: Int, path address: Int, mode: Int) throws(Errno) -> CallAnswer {
    guard mode & ~7 == 0 else { throw .EINVAL }
    let place = try find(task, try copyPath(task, at: address), from: start)
    for wanted in [AccessMode.R_OK, .W_OK, .X_OK] where mode & wanted.rawValue != 0 {
      try checkAccess(task, place, wanted)
    }
    return .value(0)
  }

  /// chdir(2).
  ///
  /// - Throws: `ENOTDIR`, or what finding the path throws.
  /// - Source: Linux, fs/open.c, `chdir()`.
  mutating func changeDirectory(_ task: TaskID, path address: Int) throws(Errno) -> CallAnswer {
    let place = try find(task, try copyPath(task, at: address), from: PathFlag.AT_FDCWD.rawValue)
    try checkDirectory(place)
    try checkAccess(task, place, .X_OK)
    ownContext(task)
    if case .inode(let new) = place { tree.retain(new) }
    if case .inode(let old) = workingDirectory(of: task) { tree.release(old) }
    contexts[tasks[task].fs]?.workingDirectory = place
    return .value(0)
  }

  /// getcwd(2): stores the path of the working directory, with a zero byte at its end, and returns its length.
  ///
  /// - Throws: `ERANGE` if the buffer is too small, `ENOENT` if the directory has been removed, `EFAULT`.
  /// - Source: Linux, fs/d_path.c, `getcwd()`.
  mutating func storeWorkingDirectory(_ task: TaskID, _ buffer: Int, size: Int) throws(Errno) -> CallAnswer {
    guard var path = path(of: workingDirectory(of: task)) else { throw .ENOENT }
    path.append(0)
    guard path.count <= size else { throw .ERANGE }
    try copyToUser(task, path[...], at: buffer)
    return .value(path.count)
  }

  /// umask(2): sets the permissions that new files do not get, and returns those of before.
  ///
  /// - Source: Linux, kernel/sys.c, `umask()`.
  mutating func setUmask(_ task: TaskID, _ mask: Int) -> CallAnswer {
    let old = umask(of: task)
    ownContext(task)
    contexts[tasks[task].fs]?.umask = mask & 0o777
    return .value(old)
  }

  /// Where the paths of a task begin.
  func workingDirectory(of task: TaskID) -> PathTarget {
    contexts[tasks[task].fs]?.workingDirectory ?? .inode(tree.root)
  }

  /// The permissions that new files of a task do not get.
  func umask(of task: TaskID) -> Int { contexts[tasks[task].fs]?.umask ?? FileSystemContext.usualMask }

  /// The context of a child: the same with `CLONE_FS`, else a copy.
  ///
  /// - Source: Linux, kernel/fork.c, `copy_fs()`.
  mutating func forkContext(of task: TaskID, isShared: Bool) -> FSID {
    if isShared {
      ownContext(task)
      return contexts.retain(tasks[task].fs)
    }
    let copy = contexts.copy(tasks[task].fs)
    if case .inode(let directory) = contexts[copy]?.workingDirectory { tree.retain(directory) }
    return copy
  }

  /// Gives back the context of a task that ends.
  ///
  /// - Source: Linux, fs/fs_struct.c, `exit_fs()`.
  mutating func releaseContext(of task: TaskID) {
    if case .inode(let directory) = contexts.release(tasks[task].fs)?.workingDirectory { tree.release(directory) }
    tasks[task].fs = .none
  }

  /// Makes a context for a task that has had no need of one.
  private mutating func ownContext(_ task: TaskID) {
    guard tasks[task].fs == .none else { return }
    contexts.own(&tasks[task].fs, root: tree.root)
    tree.retain(tree.root)
  }

  private func path(of place: PathTarget) -> [UInt8]? {
    switch place {
    case .inode(let inode): tree.path(of: inode)
    case .process(let pid): isShown(pid) ? Array("/proc/\(pid)".utf8) : nil
    case .processFile: nil
    }
  }
}
