/// All files that have names, in memory.
///
/// ```swift
/// var tree = FileTree.boot                             // /bin /dev /proc /tmp
/// let file = try tree.make("notes", .regular, mode: 0o644, in: tree.root)
/// try tree.write([104, 105], to: file, at: 0)          // 2
/// tree.bytes(of: file, from: 0, count: 10)             // [104, 105]
/// ```
/// Invariants: a file exists for as long as it has a name or a user; each directory but the root has one name.
///
/// - Source: Linux, fs/ramfs/, whose files are also only in memory.
package struct FileTree: Sendable {
  /// How many files there may be.
  package static let maximumInodes = 4096
  /// How long a file may be, in bytes.
  package static let maximumFileSize = 1 << 20
  /// How many bytes all files may have together.
  package static let capacity = 16 << 20
  /// How long one name may be, in bytes.
  ///
  /// - Source: Linux, include/uapi/linux/limits.h, `NAME_MAX`.
  package static let maximumNameLength = 255
  /// How long a path may be, in bytes, with the zero byte at its end.
  ///
  /// - Source: Linux, include/uapi/linux/limits.h, `PATH_MAX`.
  package static let maximumPathLength = 4096

  private var inodes = Slots<Inode>()
  /// How many files there are.
  private var count = 0
  /// How many bytes all files have.
  private var size = 0
  /// The directory above all others: `/`.
  package private(set) var root = InodeID.none
  /// The directory that shows tasks: `/proc`.
  package private(set) var proc = InodeID.none

  /// The tree of a machine that has just been switched on.
  package static let boot = FileTree()

  private init() {
    root = insert(Inode(.directory, mode: 0o755))
    inodes[root]?.parent = root
    makeAtBoot("bin", .directory, 0o755, in: root)
    let dev = makeAtBoot("dev", .directory, 0o755, in: root)
    makeAtBoot("console", .device(.console), 0o600, in: dev)
    makeAtBoot("null", .device(.null), 0o666, in: dev)
    makeAtBoot("tty", .device(.tty), 0o666, in: dev)
    makeAtBoot("zero", .device(.zero), 0o666, in: dev)
    proc = makeAtBoot("proc", .directory, 0o555, in: root)
    makeAtBoot("tmp", .directory, 0o1777, in: root)
  }

  /// A file that exists.
  package subscript(_ inode: InodeID) -> Inode? {
    _read { yield inodes[inode] }
  }

  /// The file that a name in a directory leads to; nil if there is none, or none that is in the tree.
  package func find(_ name: ArraySlice<UInt8>, in directory: InodeID) -> InodeID? {
    inodes[directory]?.entries.first { $0.inode != .none && $0.name[...] == name }?.inode
  }

  /// Makes a file in a directory that has no such name.
  ///
  /// - Throws: `ENOSPC` if there are too many files, `ENOENT` if the directory itself has been removed.
  /// - Source: Linux, fs/ramfs/inode.c, `ramfs_mknod()`.
  package mutating func make(
    _ name: ArraySlice<UInt8>, _ kind: FileKind, mode: Int, owner: Credentials = Credentials(), in directory: InodeID
  ) throws(Errno) -> InodeID {
    guard inodes[directory]?.links ?? 0 > 0 else { throw .ENOENT }
    guard count < FileTree.maximumInodes else { throw .ENOSPC }
    var inode = Inode(kind, mode: mode, owner: owner)
    if kind == .directory { inode.parent = directory }
    let new = insert(inode)
    inodes[directory]?.entries.append(DirectoryEntry(name: Array(name), inode: new, kind: kind))
    return new
  }

  /// Removes a name from a directory, and with its last name and user the file.
  ///
  /// - Source: Linux, fs/libfs.c, `simple_unlink()` and `simple_rmdir()`.
  /// - Simplified: `..` in a directory that has been removed leads to the root.
  package mutating func unlink(_ name: ArraySlice<UInt8>, from directory: InodeID) {
    guard let index = inodes[directory]?.entries.firstIndex(where: { $0.name[...] == name }),
      let inode = inodes[directory]?.entries.remove(at: index).inode
    else { return }
    inodes[inode]?.links -= 1
    if inodes[inode]?.kind == .directory { inodes[inode]?.parent = root }
    removeUnused(inode)
  }

  /// Adds a file without a name, and one user: what `/proc` shows at this moment.
  package mutating func insertNameless(_ bytes: [UInt8]) -> InodeID {
    var inode = Inode(.regular, mode: 0o444)
    inode.bytes = bytes
    return insertNameless(inode)
  }

  /// Adds a directory without a name, and one user.
  package mutating func insertNameless(_ entries: [DirectoryEntry]) -> InodeID {
    var inode = Inode(.directory, mode: 0o555)
    inode.entries = entries
    inode.parent = root
    return insertNameless(inode)
  }

  private mutating func insertNameless(_ inode: Inode) -> InodeID {
    var inode = inode
    inode.isShown = true
    inode.links = 0
    inode.users = 1
    size += inode.bytes.count
    return insert(inode)
  }

  /// Adds all names and all bytes to `digest`.
  ///
  /// - Complexity: O(bytes).
  func digest(into digest: inout StateDigest) {
    for row in inodes.indices {
      guard let inode = inodes[InodeID(row)] else { continue }
      digest.combine(UInt32(row), UInt32(inode.links) << 16 | UInt32(inode.users))
      inode.digest(into: &digest)
    }
  }

  /// Adds a user.
  @discardableResult
  package mutating func retain(_ inode: InodeID) -> InodeID {
    inodes[inode]?.users += 1
    return inode
  }

  /// Removes a user, and with the last user and name the file.
  package mutating func release(_ inode: InodeID) {
    inodes[inode]?.users -= 1
    removeUnused(inode)
  }

  /// The bytes of a regular file from an offset on, at most `count`.
  ///
  /// - Complexity: O(1): nothing is copied.
  package func bytes(of inode: InodeID, from offset: Int, count: Int) -> ArraySlice<UInt8> {
    guard let bytes = inodes[inode]?.bytes, offset < bytes.count else { return [] }
    return bytes[offset..<offset + min(count, bytes.count - offset)]
  }

  /// Puts bytes into a regular file; a gap before them is filled with zeros.
  ///
  /// - Returns: how many of them there was room for.
  /// - Throws: `EFBIG` if there was room for none in this file, `ENOSPC` for none in the tree.
  /// - Complexity: O(bytes), and the gap; O(file) if a snapshot of the tree exists.
  /// - Source: Linux, mm/filemap.c, `generic_write_checks()` and `generic_perform_write()`.
  package mutating func write(_ new: [UInt8], to inode: InodeID, at offset: Int) throws(Errno) -> Int {
    if new.isEmpty { return 0 }
    guard offset < FileTree.maximumFileSize else { throw .EFBIG }
    let old = inodes[inode]?.bytes.count ?? 0
    let end = min(offset + new.count, FileTree.maximumFileSize, old + FileTree.capacity - size)
    guard end > offset else { throw .ENOSPC }
    if end > old { resize(inode, end) }
    inodes[inode]?.bytes.replaceSubrange(offset..<end, with: new.prefix(end - offset))
    return end - offset
  }

  /// Makes a regular file this long; new bytes are zero.
  ///
  /// - Throws: `EFBIG` if that is too long, `ENOSPC` if the tree has no room for it.
  /// - Source: Linux, fs/open.c, `do_truncate()`.
  package mutating func truncate(_ inode: InodeID, to length: Int) throws(Errno) {
    guard length <= FileTree.maximumFileSize else { throw .EFBIG }
    guard size - (inodes[inode]?.bytes.count ?? 0) + length <= FileTree.capacity else { throw .ENOSPC }
    resize(inode, length)
  }

  /// The path of a directory, or nil if it has been removed.
  ///
  /// - Source: Linux, fs/d_path.c, `prepend_path()`.
  package func path(of directory: InodeID) -> [UInt8]? {
    var path: [UInt8] = []
    var inode = directory
    while inode != root {
      guard let parent = inodes[inode]?.parent, let entries = inodes[parent]?.entries,
        let entry = entries.first(where: { $0.inode == inode })
      else { return nil }
      path = [UInt8(ascii: "/")] + entry.name + path
      inode = parent
    }
    return path.isEmpty ? [UInt8(ascii: "/")] : path
  }

  /// The rules that are broken, in sentences.
  ///
  /// - Parameter users: what each open file description and working directory leads to.
  package func brokenInvariants(users: [InodeID]) -> [String] {
    var counts: [InodeID: Int] = [:]
    for user in users { counts[user, default: 0] += 1 }
    let rows = inodes.used
    let names = rows.flatMap(\.entries).filter { $0.inode != .none }.count + 1
    var broken: [String] = []
    if rows.map(\.users).reduce(0, +) != users.count || counts.contains(where: { inodes[$0.key]?.users != $0.value }) {
      broken.append("a file is used by more or fewer than it counts")
    }
    if rows.map(\.links).reduce(0, +) != names { broken.append("a file has more or fewer names than it counts") }
    if rows.contains(where: { $0.links == 0 && $0.users == 0 }) || rows.count != count {
      broken.append("a file exists without a name and a user")
    }
    if rows.map(\.bytes.count).reduce(0, +) != size { broken.append("the files have more or fewer bytes than counted") }
    return broken
  }

  private mutating func resize(_ inode: InodeID, _ length: Int) {
    let old = inodes[inode]?.bytes.count ?? 0
    size += length - old
    if length < old {
      inodes[inode]?.bytes.removeLast(old - length)
    } else {
      inodes[inode]?.bytes.append(contentsOf: repeatElement(0, count: length - old))
    }
  }

  private mutating func insert(_ inode: Inode) -> InodeID {
    count += 1
    return inodes.insert(inode)
  }

  private mutating func removeUnused(_ inode: InodeID) {
    guard let row = inodes[inode], row.links == 0, row.users == 0 else { return }
    count -= 1
    size -= row.bytes.count
    inodes.remove(inode)
  }

  @discardableResult
  private mutating func makeAtBoot(
    _ name: String, _ kind: FileKind, _ mode: Int, in directory: InodeID
  ) -> InodeID {
    do {
      return try make(Array(name.utf8)[...], kind, mode: mode, in: directory)
    } catch {
      preconditionFailure("a new tree has room")
    }
  }
}
