import Foundation
import Grader
import Testing

@Suite struct FolderTreeTests {
  @Test func `folders are made with those above them, and stay if they exist`() throws {
    let scratch = try Scratch()
    for _ in 1...2 { try FolderTree.make(scratch.path + "/a/b/c") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/a/b") == ["c"])
  }

  @Test func `if that is not possible, the reason is the system's`() throws {
    let scratch = try Scratch()
    try scratch.write("file", "")
    let error = try #require(throws: StorageError.self) { try FolderTree.make(scratch.path + "/file/a/b") }
    #expect(error.description.hasSuffix("/file/a/b cannot be made: Not a directory"))
    #expect(throws: StorageError.self) { try FolderTree.make(scratch.path + "/file") }
  }
}
