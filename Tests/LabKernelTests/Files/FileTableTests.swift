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
    _ = try files.remove(4, from: &table)
    #expect(try files.insert(writer, into: &table) == 4)
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a description is gone with its last descriptor`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(reader, into: &table)
    var copy = files.copy(table)
    #expect(files.brokenInvariants() == [])
    #expect(try files.remove(descriptor, from: &table) == nil)
    #expect(try files.remove(descriptor, from: &copy)?.object == reader.object)
    #expect(files.brokenInvariants() == [])
  }

  @Test(arguments: [-1, 4, 255, 256, Int.max])
  func `a descriptor that names nothing cannot be removed`(descriptor: Int) throws {
    var files = FileTable()
    var table = FilesID.none
    _ = try files.insert(reader, into: &table)
    #expect(throws: Errno.EBADF) { try files.remove(descriptor, from: &table) }
    #expect(files.find(descriptor, in: table) == nil)
  }

  @Test func `a task has a limited number of descriptors`() throws {
    var files = FileTable()
    var table = FilesID.none
    for _ in FileTable.standardDescriptors..<FileTable.maximumDescriptors { _ = try files.insert(reader, into: &table) }
    #expect(files.freeDescriptors(of: table) == 0)
    #expect(throws: Errno.EMFILE) { try files.insert(reader, into: &table) }
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a copy shares the descriptions, but not the table`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(writer, into: &table)
    var copy = files.copy(table)
    let file = try #require(files.find(descriptor, in: table))
    #expect(files.find(descriptor, in: copy) == file)
    files[file]?.flags |= FileFlag.O_NONBLOCK.rawValue
    #expect(files[try #require(files.find(descriptor, in: copy))]?.isNonblocking == true)
    _ = try files.remove(descriptor, from: &copy)
    #expect(files.descriptors(of: table) == [0, 1, 2, descriptor])
    #expect(files.descriptors(of: copy) == [0, 1, 2])
  }

  @Test(arguments: [0, 1, 2])
  func `the first three descriptors are the console at first`(descriptor: Int) throws {
    var files = FileTable()
    var table = FilesID.none
    #expect(files.file(descriptor, in: table)?.object == .device(.console))
    _ = try files.insert(reader, into: &table)
    #expect(files.file(descriptor, in: table)?.object == .device(.console))
    #expect(files.file(3, in: table)?.object == reader.object)
    #expect(files.file(4, in: table) == nil)
  }

  @Test func `a task that closes descriptor 1 gets it again for the next file`() throws {
    var files = FileTable()
    var table = FilesID.none
    #expect(try files.remove(1, from: &table) == nil)
    #expect(files.descriptors(of: table) == [0, 2])
    #expect(try files.insert(writer, into: &table) == 1)
    #expect(files.brokenInvariants() == [])
  }

  @Test func `the console is the same description for tasks with and without a table`() throws {
    var files = FileTable()
    var table = FilesID.none
    let console = files.find(1, in: .none)
    _ = try files.insert(reader, into: &table)
    #expect(files.find(2, in: table) == console)
    #expect(files.release(table).map(\.object) == [reader.object])
    #expect(files.file(0, in: .none)?.object == .device(.console))
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a duplicate is the lowest free descriptor from a number on, for the same description`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(writer, into: &table)
    #expect(try files.duplicate(descriptor, in: &table) == 4)
    #expect(try files.duplicate(descriptor, in: &table, from: 200) == 200)
    #expect(files.find(200, in: table) == files.find(descriptor, in: table))
    #expect(throws: Errno.EBADF) { try files.duplicate(5, in: &table) }
    _ = try files.duplicate(descriptor, in: &table, from: 255)
    #expect(throws: Errno.EMFILE) { try files.duplicate(descriptor, in: &table, from: 255) }
    #expect(files.brokenInvariants() == [])
  }

  @Test func `a duplicate over an open descriptor returns what no descriptor names any more`() throws {
    var files = FileTable()
    var table = FilesID.none
    let (first, second) = (try files.insert(reader, into: &table), try files.insert(writer, into: &table))
    #expect(try files.duplicate(second, over: first, in: &table, closesOnExec: false)?.object == reader.object)
    #expect(try files.duplicate(second, over: 1, in: &table, closesOnExec: false) == nil)
    #expect(try files.duplicate(2, over: second, in: &table, closesOnExec: false) == nil)
    #expect(files.file(1, in: table)?.object == writer.object)
    #expect(files.brokenInvariants() == [])
  }

  @Test func `whether execve closes a descriptor belongs to the descriptor`() throws {
    var files = FileTable()
    var table = FilesID.none
    let descriptor = try files.insert(reader, into: &table, closesOnExec: true)
    let other = try files.duplicate(descriptor, in: &table)
    #expect([descriptor, other, 1].map { files.closesOnExec($0, in: table) } == [true, false, false])
    files.setClosesOnExec(1, in: &table, true)
    #expect(files.closesOnExec(1, in: table) == true)
    #expect(files.closesOnExec(1, in: .none) == false)
    #expect(files.closesOnExec(9, in: table) == nil)
  }

  @Test func `a table that tasks share exists until the last of them releases it`() throws {
    var files = FileTable()
    var table = FilesID.none
    var shared = files.retain(&table)
    #expect(shared == table)
    let descriptor = try files.insert(reader, into: &shared)
    #expect(files.file(descriptor, in: table)?.object == reader.object)
    #expect(files.release(table) == [])
    #expect(files.release(shared).map(\.object) == [reader.object])
    #expect(files.brokenInvariants() == [])
  }
}
