import LabKernel
import Testing

@Suite struct FileTableTests {
  private let reader = OpenFile(.pipe(PipeID(raw: 0), .read))
  private let writer = OpenFile(.pipe(PipeID(raw: 0), .write))

  @Test func `descriptors begin after the console's, and the lowest free one is given`() throws {
    var files = FileTable()
    var table = FilesID.none
    let given = try [reader, writer, reader].map { try files.insert($0, into: &table) }
    #expect(given == [3, 4, 5])
    _ = try files.remove(4, from: table)
    #expect(try files.insert(writer, into: &table) == 4)
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a description is gone with its last descriptor`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(reader, into: &table)
    let copy = files.copy(table)
    #expect(files.brokenInvariants() == [])
    #expect(try files.remove(descriptor, from: table) == nil)
    #expect(try files.remove(descriptor, from: copy)?.object == reader.object)
    #expect(files.brokenInvariants() == [])
  }

  @Test(arguments: [-1, 0, 2, 4, 256, Int.max])
  func `a descriptor that names nothing cannot be removed`(descriptor: Int) throws {
    var files = FileTable()
    var table = FilesID.none
    _ = try files.insert(reader, into: &table)
    #expect(throws: Errno.EBADF) { try files.remove(descriptor, from: table) }
    #expect(files.find(descriptor, in: table) == nil)
  }

  @Test func `a task has a limited number of descriptors`() throws {
    var files = FileTable()
    var table = FilesID.none
    for _ in 0..<FileTable.maximumDescriptors { _ = try files.insert(reader, into: &table) }
    #expect(files.freeDescriptors(of: table) == 0)
    #expect(throws: Errno.EMFILE) { try files.insert(reader, into: &table) }
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a copy shares the descriptions, but not the table`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(writer, into: &table)
    let copy = files.copy(table)
    let file = try #require(files.find(descriptor, in: table))
    #expect(files.find(descriptor, in: copy) == file)
    files[file]?.nonblocking = true
    #expect(files[try #require(files.find(descriptor, in: copy))]?.nonblocking == true)
    _ = try files.remove(descriptor, from: copy)
    #expect(files.descriptors(of: table) == [descriptor])
    #expect(files.descriptors(of: copy) == [])
  }

  @Test(arguments: [0, 1, 2])
  func `the first three descriptors are the console for every task`(descriptor: Int) throws {
    var files = FileTable()
    var table = FilesID.none
    #expect(files.file(descriptor, in: table)?.object == .console)
    _ = try files.insert(reader, into: &table)
    #expect(files.file(descriptor, in: table)?.object == .console)
    #expect(files.file(3, in: table)?.object == reader.object)
    #expect(files.file(4, in: table) == nil)
  }
}
