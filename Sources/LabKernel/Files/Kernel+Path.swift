// How paths lead to files.

extension Kernel {
  /// Reads a path from the caller's memory.
  ///
  /// - Throws: `EFAULT` if it is not mapped up to its zero byte, `ENAMETOOLONG` if it is too long, `ENOENT` if it is
  ///   empty.
  /// - Source: Linux, fs/namei.c, `getname_flags()`.
  func copyPath(_ task: TaskID, at address: Int) throws(Errno) -> [UInt8] {
    guard let path = try copyString(task, at: address, limit: FileTree.maximumPathLength) else { throw .ENAMETOOLONG }
    guard !path.isEmpty else { throw .ENOENT }
    return path
  }

  /// Reads bytes up to a zero byte from the caller's memory; nil if there is none among the first `limit`.
  ///
  /// - Throws: `EFAULT` if one of them is not mapped.
  /// - Source: Linux, lib/strncpy_from_user.c.
  func copyString(_ task: TaskID, at address: Int, limit: Int) throws(Errno) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let byte = try getUser(task, .byte, at: address &+ bytes.count)
      if byte == 0 { return bytes }
      bytes.append(UInt8(byte))
    }
    return nil
  }

  /// What a path leads to.
  ///
  /// - Parameter start: the directory where the path begins if it does not begin with `/`: a descriptor, or `AT_FDCWD`.
  /// - Throws: `ENOENT`, `ENOTDIR`, `EACCES`, `ENAMETOOLONG`, or `EBADF` for a bad descriptor.
  /// - Source: Linux, fs/namei.c, `path_lookupat()`.
  func find(_ task: TaskID, _ path: [UInt8], from start: Int) throws(Errno) -> PathTarget {
    var place = try beginning(task, path, from: start)
    for name in path.split(separator: UInt8(ascii: "/")) { place = try step(task, from: place, to: name) }
    if path.last == UInt8(ascii: "/") { try checkDirectory(place) }
    return place
  }

  /// The directory that the last name of a path is in, and that name; empty for the root.
  ///
  /// - Source: Linux, fs/namei.c, `filename_parentat()`.
  func findParent(
    _ task: TaskID, _ path: [UInt8], from start: Int
  ) throws(Errno) -> (directory: PathTarget, name: ArraySlice<UInt8>) {
    let names = path.split(separator: UInt8(ascii: "/"))
    var place = try beginning(task, path, from: start)
    for name in names.dropLast() { place = try step(task, from: place, to: name) }
    try checkDirectory(place)
    return (place, names.last ?? [])
  }

  /// What a name in a directory leads to.
  ///
  /// - Source: Linux, fs/namei.c, `walk_component()`.
  /// - Simplified: `/proc/self` is the directory of the caller, not a symbolic link to it.
  func step(_ task: TaskID, from place: PathTarget, to name: ArraySlice<UInt8>) throws(Errno) -> PathTarget {
    try checkDirectory(place)
    guard name.count <= FileTree.maximumNameLength else { throw .ENAMETOOLONG }
    try checkAccess(task, place, .X_OK)
    let text = String(decoding: name, as: UTF8.self)
    if text == "." { return place }
    switch place {
    case .inode(let directory):
      if text == ".." { return .inode(tree[directory]?.parent ?? tree.root) }
      if let found = tree.find(name, in: directory) { return .inode(found) }
      guard directory == tree.proc, let pid = processForProc(text, seenBy: task) else { throw .ENOENT }
      return .process(pid)
    case .process(let pid):
      if text == ".." { return .inode(tree.proc) }
      guard isShown(pid), let file = ProcessFile(rawValue: text) else { throw .ENOENT }
      return .processFile(pid, file)
    case .processFile: throw .ENOTDIR
    }
  }

  /// Refuses what is no directory.
  func checkDirectory(_ place: PathTarget) throws(Errno) {
    guard kind(of: place) == .directory else { throw .ENOTDIR }
  }

  /// What a path leads to, as far as its kind goes.
  func kind(of place: PathTarget) -> FileKind {
    switch place {
    case .inode(let inode): tree[inode]?.kind ?? .regular
    case .process: .directory
    case .processFile: .regular
    }
  }

  /// The permissions of what a path leads to.
  func mode(of place: PathTarget) -> Int {
    switch place {
    case .inode(let inode): tree[inode]?.mode ?? 0
    case .process: 0o555
    case .processFile: 0o444
    }
  }

  /// Refuses what the mode of a file does not let a task do.
  ///
  /// - Throws: `EACCES`.
  /// - Source: Linux, fs/namei.c, `generic_permission()`: root may read and write everything, search every directory,
  ///   and execute what at least one user may execute.
  func checkAccess(_ task: TaskID, _ place: PathTarget, _ wanted: AccessMode) throws(Errno) {
    let mode = mode(of: place)
    let credentials = tasks[task].credentials
    if credentials.isRoot {
      guard wanted == .X_OK, kind(of: place) != .directory, mode & 0o111 == 0 else { return }
      throw .EACCES
    }
    let (user, group) = owner(of: place)
    let shift = credentials.effectiveUser == user ? 6 : credentials.effectiveGroup == group ? 3 : 0
    guard (mode >> shift) & wanted.rawValue == wanted.rawValue else { throw .EACCES }
  }

  /// The user and the group whose file it is; below `/proc`, those of the process.
  func owner(of place: PathTarget) -> (user: Int32, group: Int32) {
    switch place {
    case .inode(let inode): (tree[inode]?.user ?? 0, tree[inode]?.group ?? 0)
    case .process(let pid), .processFile(let pid, _):
      taskForProc(pid).map { (tasks[$0].credentials.effectiveUser, tasks[$0].credentials.effectiveGroup) } ?? (0, 0)
    }
  }

  /// Where a path begins.
  ///
  /// - Simplified: below a descriptor of a directory in `/proc`, nothing is found.
  private func beginning(_ task: TaskID, _ path: [UInt8], from start: Int) throws(Errno) -> PathTarget {
    if path.first == UInt8(ascii: "/") { return .inode(tree.root) }
    if start == PathFlag.AT_FDCWD.rawValue { return workingDirectory(of: task) }
    guard let file = files.file(start, in: tasks[task].files) else { throw .EBADF }
    guard case .inode(let inode) = file.object else { throw .ENOTDIR }
    return .inode(inode)
  }
}

/// What a task may want to do with a file.
///
/// - Source: access(2); Linux, include/linux/fs.h, `MAY_READ` and its kin.
public enum AccessMode: Int, NamedNumber {
  /// Only find it.
  case F_OK = 0
  /// Execute it, or look for names in it.
  case X_OK = 1
  /// Write to it.
  case W_OK = 2
  /// Read it.
  case R_OK = 4
}

/// What calls with paths understand beside flags of files.
///
/// - Source: Linux, include/uapi/linux/fcntl.h.
public enum PathFlag: Int, NamedNumber {
  /// In place of a descriptor: paths begin in the working directory.
  case AT_FDCWD = -100
  /// Remove a directory.
  case AT_REMOVEDIR = 0x200
}
