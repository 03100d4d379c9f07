import Foundation
import Reader
import Testing

/// Each test writes a small book of its own.
@Suite final class BookTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID())")
  private var book: Book { get throws { try Book(chapters: folder.path) } }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("# Memory\n\n## Buddy allocator\n\nB.\n\n## Slab\n\nS.", to: "05-memory.md")
    try write("# The machine\n\nText.", to: "00-the-machine.md")
    try write("# Scheduling\n\n## Real time\n\nR.", to: "02-scheduling.md")
    for name in ["README.md", "notes.txt", "03-.md", "x-y.md", "07-folder"] { try write("x", to: name) }
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  @Test func `chapters are the numbered files in the order of their numbers`() throws {
    #expect(try book.chapters.map(\.number) == [0, 2, 5])
    #expect(try book.chapters.map(\.slug) == ["the-machine", "scheduling", "memory"])
    #expect(try book.chapters.map(\.name) == ["00-the-machine", "02-scheduling", "05-memory"])
  }

  @Test(arguments: ["5", "05", "memory", "05-memory", "05-memory.md", "chapters/05-memory.md", "Memory", "5#"])
  func `a chapter goes by number, name and file`(reference: String) throws {
    let place = try book.resolve(reference)
    #expect(place.chapter.number == 5)
    #expect(place.heading == nil)
    #expect(place.document.title == "Memory")
  }

  @Test(arguments: ["5#buddy-allocator", "memory#buddy-allocator", "05-memory.md#buddy-allocator", "5#Buddy-Allocator"])
  func `a section goes by its anchor`(reference: String) throws {
    let place = try book.resolve(reference)
    #expect(place.heading?.text == "Buddy allocator")
    #expect(place.document.blocks.count == 2)
  }

  @Test(arguments: [
    ("9", "there is no chapter '9'; 'labs-cli read' lists what there is"),
    ("schedulng", "there is no chapter 'schedulng'; did you mean scheduling?"),
    ("mem", "there is no chapter 'mem'; did you mean memory?"),
    ("5#budy-allocator", "chapter 5 has no section 'budy-allocator'; did you mean 5#buddy-allocator?"),
    ("5#buddy", "chapter 5 has no section 'buddy'; did you mean 5#buddy-allocator?"),
    ("5#nothing-like-it", "chapter 5 has no section 'nothing-like-it'; 'labs-cli read' lists what there is"),
    ("", "there is no chapter ''; 'labs-cli read' lists what there is"),
  ])
  func `a miss says what may have been meant`(reference: String, message: String) throws {
    let error = #expect(throws: ReadingError.self) { try self.book.resolve(reference) }
    #expect(error?.message == message)
  }

  @Test func `a folder that is not there is unreadable`() {
    #expect(throws: ReadingError.unreadable("/nowhere/at/all")) { try Book(chapters: "/nowhere/at/all") }
  }

  @Test func `the contents name every section as it is to be typed`() throws {
    let lines = try Contents(of: book).lines(width: 60)
    #expect(
      String(decoding: Writer.plain(lines), as: UTF8.self) == """
          0  The machine

          2  Scheduling
             2#real-time  Real time

          5  Memory
             5#buddy-allocator  Buddy allocator
             5#slab             Slab

        """)
  }

  @Test func `a chapter that cannot be read hides no other`() throws {
    let unreadable = folder.appendingPathComponent("03-gone.md")
    try FileManager.default.createSymbolicLink(atPath: unreadable.path, withDestinationPath: "/nowhere/at/all")
    let text = try Contents(of: book).lines(width: 400).map(\.text)
    #expect(
      text.filter { !$0.isEmpty }.map { $0.prefix(4) } == ["  0 ", "  2 ", "    ", "  3 ", "  5 ", "    ", "    "])
    #expect(text.contains("  3  gone: cannot read \(unreadable.path)"))
    #expect(try book.resolve("5#slab").heading?.text == "Slab")
  }

  @Test func `a book without chapters says so`() throws {
    let empty = folder.appendingPathComponent("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    #expect(
      Contents(of: try Book(chapters: empty.path)).lines(width: 60).map(\.text) == ["There are no chapters here."])
  }
}
