import Foundation
import Reader
import Testing

/// Each test writes a small book of its own.
@Suite final class BookTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID())")
  private var labs: URL { folder.appendingPathComponent("labs") }
  private var book: Book { get throws { try Book(chapters: folder.path, labs: labs.path) } }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("# Memory\n\n## Buddy allocator\n\nB.\n\n## Slab\n\nS.", to: "05-memory.md")
    try write("# The machine\n\nText.", to: "00-the-machine.md")
    try write("# Scheduling\n\n## Real time\n\nR.\n\n## Passing time", to: "02-scheduling.md")
    try lab("# The buddy allocator\n\n## What to write\n\nW.", in: "memory/buddy")
    try lab("# The slab\n", in: "slab")
    try lab("Real time\n", in: "realtime")
    for name in ["README.md", "notes.txt", "03-.md", "x-y.md", "07-folder"] { try write("x", to: name) }
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func lab(_ sheet: String, in path: String) throws {
    let lab = labs.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: lab, withIntermediateDirectories: true)
    try Data(sheet.utf8).write(to: lab.appendingPathComponent("README.md"))
    try Data().write(to: lab.appendingPathComponent("lab.yml"))
  }

  @Test func `chapters are the numbered files in the order of their numbers`() throws {
    #expect(try book.chapters.map(\.number) == [0, 2, 5])
    #expect(try book.chapters.map(\.slug) == ["the-machine", "scheduling", "memory"])
    #expect(try book.chapters.map(\.name) == ["00-the-machine", "02-scheduling", "05-memory"])
  }

  @Test(arguments: ["5", "05", "memory", "05-memory", "05-memory.md", "chapters/05-memory.md", "Memory", "5#"])
  func `a chapter goes by number, name and file`(reference: String) throws {
    let place = try book.resolve(reference)
    #expect(place.reference == "5")
    #expect(place.heading == nil)
    #expect(place.document.title == "Memory")
  }

  @Test(arguments: ["5#buddy-allocator", "memory#buddy-allocator", "05-memory.md#buddy-allocator", "5#Buddy-Allocator"])
  func `a section goes by its anchor`(reference: String) throws {
    let place = try book.resolve(reference)
    #expect(place.reference == "5#buddy-allocator")
    #expect(place.heading?.text == "Buddy allocator")
    #expect(place.document.blocks.count == 2)
  }

  @Test func `figures are counted in their chapter, and have the same number in a section`() throws {
    let figure = "```console\n$ labs-cli sim a.yml\nA\n```\n\n"
    try write("# IPC\n\n## Pipes\n\n\(figure)Text.\n\n```sh\nls\n```\n\n## Signals\n\n\(figure)", to: "06-ipc.md")
    let captions = try [nil, "signals"].map { section in
      try Layout(width: 60).lines(of: book.resolve("6" + (section.map { "#\($0)" } ?? ""))).map(\.text)
        .filter { $0.hasPrefix("Figure ") }
    }
    #expect(captions == [["Figure 6.1", "Figure 6.2"], ["Figure 6.2"]])
  }

  @Test(arguments: [
    ("real-time", "2#real-time"), ("Real-Times", "2#real-time"), ("buddies-allocator", nil), ("real", "2#real-time"),
    ("slabs", "5#slab"), ("sla", nil), ("slab", "5#slab"), ("buddy-allocators", "5#buddy-allocator"),
    ("5#buddy", "5#buddy-allocator"), ("memory#buddy-allocators", "5#buddy-allocator"), ("5#slabs", "5#slab"),
    ("5#real-time", nil), ("the-machine", "0"), ("passing-time", "2#passing-time"), ("time", nil),
  ])
  func `a section is found in all chapters, by all of its words or the first`(name: String, expected: String?) throws {
    let found = Result { try self.book.resolve(name).reference }
    #expect((try? found.get()) == expected)
  }

  @Test(arguments: [
    "labs/buddy", "labs/buddy/", "labs/memory/buddy", "./labs/memory/buddy/README.md", "/x/labs/Buddy", "buddy",
  ])
  func `a sheet goes by its lab`(reference: String) throws {
    let place = try book.resolve(reference)
    #expect(place.reference == "labs/buddy")
    #expect(place.document.title == "The buddy allocator")
    #expect(place.namesake == nil)
  }

  @Test(arguments: ["labs/buddy#what-to-write", "buddy#what-to-write", "labs/memory/buddy/README.md#what-to"])
  func `a section of a sheet goes by its anchor`(reference: String) throws {
    #expect(try book.resolve(reference).reference == "labs/buddy#what-to-write")
    #expect(try book.resolve(reference).heading?.text == "What to write")
  }

  @Test func `a section comes before the lab of the same name, and says what to type for the lab`() throws {
    let place = try book.resolve("slab")
    #expect(place.reference == "5#slab" && place.namesake?.reference == "labs/slab")
    let text = Layout(width: 40).lines(of: place).map(\.text)
    #expect(text == ["Slab", "────", "", "S.", "", "The lab of this name: `labs-cli read", "labs/slab`"])
    #expect(try book.resolve("5#slab").namesake == nil)
  }

  @Test(arguments: ["question", "Questions"])
  func `if several sections may be meant, they are listed`(name: String) throws {
    try write("# The machine\n\n## Questions\n", to: "00-the-machine.md")
    try write("# Memory\n\n## Questions\n\n## Questions\n", to: "05-memory.md")
    try lab("# Questions about labs", in: "questions")
    let error = #expect(throws: ReadingError.self) { try self.book.resolve(name) }
    let lab = name == "Questions" ? "\n  labs/questions  Questions about labs" : ""
    #expect(
      error?.message == """
        '\(name.lowercased())' can be any of these:
          0#questions\(lab.isEmpty ? "" : "   ")  The machine: Questions
          5#questions\(lab.isEmpty ? "" : "   ")  Memory: Questions
        """ + lab)
  }

  @Test(arguments: [
    ("9", "there is no chapter, section or lab '9'; 'labs-cli read' lists what there is"),
    ("schedulng", "there is no chapter, section or lab 'schedulng'; did you mean scheduling?"),
    ("mem", "there is no chapter, section or lab 'mem'; did you mean memory?"),
    ("slub", "there is no chapter, section or lab 'slub'; did you mean labs/slab or 5#slab?"),
    ("reeltime", "there is no chapter, section or lab 'reeltime'; did you mean labs/realtime or 2#real-time?"),
    ("5#budy-allocator", "chapter 5 has no section 'budy-allocator'; did you mean 5#buddy-allocator?"),
    ("5#nothing-like-it", "chapter 5 has no section 'nothing-like-it'; 'labs-cli read' lists what there is"),
    ("memry#slab", "there is no chapter or lab 'memry'; did you mean memory?"),
    ("labs/bufdy", "there is no lab 'bufdy'; did you mean labs/buddy?"),
    ("labs/memory", "there is no lab 'memory'; 'labs-cli read' lists what there is"),
    ("labs/", "this names no lab; 'labs-cli read' lists what there is"),
    ("labs/buddy#what-to-rite", "labs/buddy has no section 'what-to-rite'; did you mean labs/buddy#what-to-write?"),
    ("", "there is no chapter, section or lab ''; 'labs-cli read' lists what there is"),
    ("#slab", "there is no chapter or lab ''; 'labs-cli read' lists what there is"),
  ])
  func `a miss says what may have been meant`(reference: String, message: String) throws {
    let error = #expect(throws: ReadingError.self) { try self.book.resolve(reference) }
    #expect(error?.message == message)
  }

  @Test func `a folder that does not exist is unreadable`() {
    #expect(throws: ReadingError.unreadable("/nowhere/at/all")) { try Book(chapters: "/nowhere/at/all") }
  }

  @Test func `the contents name every section as it is to be typed`() throws {
    let lines = try Contents(of: book).lines(width: 60)
    #expect(
      String(decoding: Writer.plain(lines), as: UTF8.self) == """
          0  The machine

          2  Scheduling
             2#real-time     Real time
             2#passing-time  Passing time

          5  Memory
             5#buddy-allocator  Buddy allocator
             5#slab             Slab

             Labs
             labs/buddy     The buddy allocator
             labs/realtime  realtime
             labs/slab      The slab

        """)
  }

  @Test func `a chapter that cannot be read does not hide the others`() throws {
    let unreadable = folder.appendingPathComponent("03-gone.md")
    try FileManager.default.createSymbolicLink(atPath: unreadable.path, withDestinationPath: "/nowhere/at/all")
    let text = try Contents(of: book).lines(width: 400).map(\.text)
    #expect(
      text.filter { !$0.isEmpty }.map { $0.prefix(4) }
        == ["  0 ", "  2 ", "    ", "    ", "  3 ", "  5 "] + Array(repeating: "    ", count: 6))
    #expect(text.contains("  3  gone: cannot read \(unreadable.path)"))
    #expect(try book.resolve("5#slab").heading?.text == "Slab")
  }

  @Test func `a book without chapters says so`() throws {
    let empty = folder.appendingPathComponent("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    #expect(
      Contents(of: try Book(chapters: empty.path, labs: empty.path + "/none")).lines(width: 60).map(\.text) == [
        "There are no chapters here."
      ])
  }
}
