// What files tell about themselves, and directories about the names in them.

extension Kernel {
  /// newfstatat(2): stores what is known about the file that a path leads to.
  ///
  /// - Throws: what finding the path throws, `EFAULT`, `EINVAL` for flags.
  /// - Source: Linux, fs/stat.c, `vfs_fstatat()`.
  mutating func storeStatus(
    _ task: TaskID, from start: Int, path address: Int, at place: Int, flags: Int
  ) throws(Errno) -> CallAnswer {
    guard flags == 0 else { throw .EINVAL }
    let target = try find(task, try copyPath(task, at: address), from: start)
    var status = FileStatus(kind: kind(of: target), mode: mode(of: target))
    (status.user, status.group) = owner(of: target)
    if case .inode(let inode) = target { status = self.status(of: inode) }
    try copyToUser(task, status.bytes[...], at: place)
    return .value(0)
  }

  /// fstat(2): stores what is known about an open file.
  ///
  /// - Throws: `EBADF` for a descriptor that is not open, `EFAULT`.
  /// - Source: Linux, fs/stat.c, `vfs_fstat()`.
  mutating func storeStatus(_ task: TaskID, _ descriptor: Int, at place: Int) throws(Errno) -> CallAnswer {
    guard let file = files.file(descriptor, in: tasks[task].files) else { throw .EBADF }
    let status =
      switch file.object {
      case .inode(let inode): self.status(of: inode)
      case .device(let device): FileStatus(kind: .device(device), mode: device == .console ? 0o600 : 0o666)
      case .pipe: FileStatus(kind: .pipe, mode: 0o600)
      }
    try copyToUser(task, status.bytes[...], at: place)
    return .value(0)
  }

  private func status(of inode: InodeID) -> FileStatus {
    guard let row = tree[inode] else { return FileStatus(kind: .regular, mode: 0) }
    let subdirectories = row.entries.filter { $0.kind == .directory }.count
    let links = row.kind == .directory ? 2 + subdirectories : row.links
    return FileStatus(
      kind: row.kind, mode: row.mode, inode: inode.index + 1, links: links, user: row.user, group: row.group,
      size: row.bytes.count)
  }

  /// getdents64(2): stores the next names of a directory, as many as the buffer has room for.
  ///
  /// - Returns: how many bytes were stored; 0 after the last name.
  /// - Throws: `EBADF`, `ENOTDIR`, `EINVAL` if the buffer is too small for one name, `EFAULT`.
  /// - Source: Linux, fs/readdir.c, `struct linux_dirent64` and `filldir64()`.
  /// - Simplified: the offset counts names, so that a name may be passed over if another is removed meanwhile.
  mutating func storeEntries(_ task: TaskID, _ descriptor: Int, at buffer: Int, size: Int) throws(Errno) -> CallAnswer {
    guard let id = files.find(descriptor, in: tasks[task].files), let file = files[id] else { throw .EBADF }
    guard case .inode(let inode) = file.object, let row = tree[inode], row.kind == .directory else { throw .ENOTDIR }
    let here = [
      DirectoryEntry(name: Array(".".utf8), inode: inode, kind: .directory),
      DirectoryEntry(name: Array("..".utf8), inode: row.parent, kind: .directory),
    ]
    var bytes: [UInt8] = []
    var next = file.offset
    for entry in (here + row.entries).dropFirst(next) {
      let record = entry.record(next: next + 1)
      guard bytes.count + record.count <= size else { break }
      bytes += record
      next += 1
    }
    if bytes.isEmpty && next < row.entries.count + here.count { throw .EINVAL }
    try copyToUser(task, bytes[...], at: buffer)
    files[id]?.offset = next
    return .value(bytes.count)
  }
}

/// What is known about a file: Linux's `struct stat`.
///
/// - Source: Linux, include/uapi/asm-generic/stat.h, 128 bytes.
/// - Simplified: no times, and one file system.
struct FileStatus: Sendable {
  var kind: FileKind
  var mode: Int
  /// Its number in the tree, from 1 on.
  var inode = 0
  var links = 1
  var user: Int32 = 0
  var group: Int32 = 0
  var size = 0

  /// All fields, each at its place.
  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 128)
    func put(_ value: Int, _ width: Width, at offset: Int) {
      for index in 0..<width.rawValue { bytes[offset + index] = Width.byte(index, of: value) }
    }
    put(1, .word, at: 0)
    put(inode, .word, at: 8)
    put(kind.mode | mode, .int, at: 16)
    put(links, .int, at: 20)
    put(Int(user), .int, at: 24)
    put(Int(group), .int, at: 28)
    if case .device(let device) = kind { put(device.number, .word, at: 32) }
    put(size, .word, at: 48)
    put(pageSize, .int, at: 56)
    put((size + 511) / 512, .word, at: 64)
    return bytes
  }
}

extension DirectoryEntry {
  /// The entry as getdents64(2) stores it, a multiple of 8 bytes; `next` is the offset of the entry after it.
  fileprivate func record(next: Int) -> [UInt8] {
    let length = (19 + name.count + 1 + 7) & ~7
    var bytes = (0..<8).map { Width.byte($0, of: inode.index + 1) } + (0..<8).map { Width.byte($0, of: next) }
    bytes += [Width.byte(0, of: length), Width.byte(1, of: length), UInt8(kind.entryType)] + name
    return bytes + Array(repeating: 0, count: length - bytes.count)
  }
}
