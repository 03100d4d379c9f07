// What is in the tree, and on the terminal, before any task runs.

extension Kernel {
  /// Makes a file, and the directories above it, before any task runs; replaces what is in it if it exists.
  ///
  /// - Throws: `ENOTDIR`, `EISDIR`, `ENAMETOOLONG`, `ENOSPC`, `EFBIG`; `ENOENT` for an empty path.
  public mutating func addFile(_ path: String, _ bytes: [UInt8], mode: Int) throws(Errno) {
    var names = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0)[...] }
    guard let last = names.popLast() else { throw .ENOENT }
    var directory = tree.root
    for name in names { directory = try findOrMake(name, .directory, mode: 0o755, in: directory) }
    let file = try findOrMake(last, .regular, mode: mode, in: directory)
    try tree.truncate(file, to: 0)
    guard try tree.write(bytes, to: file, at: 0) == bytes.count else { throw .ENOSPC }
  }

  /// Types a text on the console, for tasks to read; all of it before they begin.
  public mutating func type(_ text: String) { terminal = Terminal(input: Array(text.utf8)) }

  private mutating func findOrMake(
    _ name: ArraySlice<UInt8>, _ kind: FileKind, mode: Int, in directory: InodeID
  ) throws(Errno) -> InodeID {
    guard name.count <= FileTree.maximumNameLength else { throw .ENAMETOOLONG }
    guard tree[directory]?.kind == .directory else { throw .ENOTDIR }
    guard let found = tree.find(name, in: directory) else {
      return try tree.make(name, kind, mode: mode, in: directory)
    }
    guard tree[found]?.kind == kind else { throw kind == .regular ? .EISDIR : .ENOTDIR }
    return found
  }
}
