import LabKernel
import Testing

@Suite struct FileTreeTests {
  private func name(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

  @Test func `a machine begins with bin, dev, proc and tmp`() {
    let tree = FileTree.boot
    #expect(tree[tree.root]?.entries.map { String(decoding: $0.name, as: UTF8.self) } == ["bin", "dev", "proc", "tmp"])
    #expect(tree.brokenInvariants(users: []) == [])
    #expect(tree.path(of: tree.proc) == Array("/proc".utf8))
    #expect(tree.path(of: tree.root) == Array("/".utf8))
  }

  @Test func `a write after the end leaves zeros in between`() throws {
    var tree = FileTree.boot
    let file = try tree.make(name("f"), .regular, mode: 0o644, in: tree.root)
    #expect(try tree.write([1, 2], to: file, at: 3) == 2)
    #expect(tree.bytes(of: file, from: 0, count: 10) == [0, 0, 0, 1, 2])
    #expect(try tree.write([7, 8, 9], to: file, at: 4) == 3)
    #expect(tree.bytes(of: file, from: 3, count: 2) == [1, 7])
    #expect(tree.bytes(of: file, from: 7, count: 2) == [])
    #expect(tree.bytes(of: file, from: 100, count: 2) == [])
    #expect(tree.brokenInvariants(users: []) == [])
  }

  @Test func `a file is gone with its last name and its last user`() throws {
    var tree = FileTree.boot
    let file = try tree.make(name("f"), .regular, mode: 0o644, in: tree.root)
    _ = try tree.write([1], to: file, at: 0)
    tree.retain(file)
    tree.unlink(name("f"), from: tree.root)
    #expect(tree.find(name("f"), in: tree.root) == nil)
    #expect(tree.bytes(of: file, from: 0, count: 9) == [1])
    #expect(tree.brokenInvariants(users: [file]) == [])
    tree.release(file)
    #expect(tree[file] == nil)
    #expect(tree.brokenInvariants(users: []) == [])
  }

  @Test func `nothing can be made in a directory that is gone, and it has no path`() throws {
    var tree = FileTree.boot
    let directory = try tree.make(name("d"), .directory, mode: 0o755, in: tree.root)
    tree.retain(directory)
    #expect(tree.path(of: directory) == Array("/d".utf8))
    tree.unlink(name("d"), from: tree.root)
    #expect(throws: Errno.ENOENT) { try tree.make(name("f"), .regular, mode: 0, in: directory) }
    #expect(tree.path(of: directory) == nil)
  }

  @Test func `a file, the number of files and all bytes together have a limit`() throws {
    var tree = FileTree.boot
    let file = try tree.make(name("f"), .regular, mode: 0o644, in: tree.root)
    let most = FileTree.maximumFileSize
    #expect(try tree.write([1, 2, 3], to: file, at: most - 2) == 2)
    #expect(throws: Errno.EFBIG) { try tree.write([1], to: file, at: most) }
    #expect(throws: Errno.EFBIG) { try tree.truncate(file, to: most + 1) }
    for number in 1..<FileTree.capacity / most {
      try tree.truncate(try tree.make(name("\(number)"), .regular, mode: 0, in: tree.root), to: most)
    }
    let last = try tree.make(name("last"), .regular, mode: 0, in: tree.root)
    #expect(throws: Errno.ENOSPC) { try tree.write([1], to: last, at: 0) }
    try tree.truncate(file, to: 5)
    #expect(try tree.write([1], to: last, at: 0) == 1)
    #expect(throws: Errno.ENOSPC) {
      for number in 0..<FileTree.maximumInodes {
        _ = try tree.make(name("n\(number)"), .regular, mode: 0, in: tree.root)
      }
    }
    #expect(tree.brokenInvariants(users: []) == [])
  }

  @Test func `a snapshot keeps what was in a file`() throws {
    var tree = FileTree.boot
    let file = try tree.make(name("f"), .regular, mode: 0o644, in: tree.root)
    _ = try tree.write([1, 2, 3], to: file, at: 0)
    let before = tree
    _ = try tree.write([9], to: file, at: 1)
    #expect(before.bytes(of: file, from: 0, count: 3) == [1, 2, 3])
    #expect(tree.bytes(of: file, from: 0, count: 3) == [1, 9, 3])
  }
}
