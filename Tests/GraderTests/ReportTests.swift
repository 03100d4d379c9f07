import Foundation
import Grader
import Judging
import Testing

@Suite struct ReportTests {
  @Test func `58, 61: a character that controls a terminal or reverses text is shown as an escape`() {
    #expect(Printable.text("a\u{1B}]52;c;x\u{07}b") == "a\\u{1B}]52;c;x\\u{7}b")
    #expect(Printable.text("\u{202E}evil\u{200B}") == "\\u{202E}evil\\u{200B}")
  }

  @Test func `58: of megabytes of control characters, a few kilobytes are kept, with how much is missing`() throws {
    let kept = Printable.excerpt(String(repeating: "\u{1B}", count: 1 << 20))
    #expect(kept.utf8.count < 16 << 10 && kept.hasPrefix("\\u{1B}\\u{1B}") && kept.hasSuffix(" bytes more"))
    #expect(Printable.excerpt("a\r\nb\tc\n") == "a\nb    c\n" && Printable.excerpt("") == "")
  }

  @Test func `60: no cell of a table is a formula`() async throws {
    let row = try await Self.row(student: "=cmd|' /C calc'!A0")
    let text = String(decoding: CommaSeparated.table([row], tier: .bubblewrap), as: UTF8.self)
    #expect(text.split(separator: "\r\n")[1].hasPrefix("\"'=cmd|' /C calc'!A0\","))
  }

  @Test(arguments: [" =1+1", "\n=1+1", "\t@x", "-1+cmd"])
  func `60: blanks before a formula do not let it through`(_ name: String) async throws {
    let text = String(
      decoding: CommaSeparated.table([try await Self.row(student: name)], tier: .bubblewrap), as: UTF8.self)
    let line = try #require(text.split(separator: "\r\n").dropFirst().first)
    #expect(line.hasPrefix("\"'"), "\(line)")
  }

  @Test func `59: no name or message is a tag of the page`() async throws {
    let row = try await Self.row(student: "<script>alert(1)</script>")
    let page = ReportPage([row], labs: [], tier: .bubblewrap).html
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
    #expect(page.contains("default-src 'none'"))
    let combined = ReportPage([try await Self.row(student: "<\u{301}b>&\u{301}lt;ä✘")], labs: [], tier: .bubblewrap)
      .html
    #expect(combined.contains("&lt;\u{301}b&gt;&amp;\u{301}lt;ä✘"))
  }

  @Test func `the results document has its fixed form`() async throws {
    let data = try ResultsFile.json([try await Self.row(student: "ana")])
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(document["schema"] as? String == "kernel-by-hand.results/1" && document.count == 2)
    let results = try #require(document["results"] as? [[String: Any]])
    #expect(results[0].keys.sorted() == ["checks", "lab", "max", "score", "status", "student"])
    let checks = try #require(results[0]["checks"] as? [[String: Any]])
    #expect(checks[0].keys.sorted() == ["id", "max", "message", "replay", "score", "status", "visibility"])
  }

  @Test func `wide rows are folded, and the mark stands in its band`() throws {
    let wide = String(repeating: "A", count: 100)
    let picture = Picture(expected: wide, actual: String(repeating: "A", count: 90) + String(repeating: "B", count: 10))
    let failure = Verdict.Failure(finding: Finding("wrong", picture: picture))
    let check = try #require(try Bench.buddy().checks.first)
    let text = FailureText(lab: "buddy", check: check, hints: 3, replay: "again")
    let lines = text.lines(Verdict(status: .failed, seed: 1, cases: 1, failure: failure))
    #expect(lines.filter { $0.hasPrefix("  actual") }.count == 2)
    #expect(lines.contains("  " + String(repeating: " ", count: 10 + 90 - 68) + "^ first difference"))
  }

  @Test(arguments: [(0, "buddy (1/3)   "), (1, "buddy (2/3)   "), (2, "buddy (3/3)   "), (3, "buddy --again   ")])
  func `what comes next is the first hint that was not read`(_ read: Int, _ hint: String) throws {
    let check = try #require(try Bench.buddy().checks.first)
    let text = FailureText(lab: "buddy", check: check, hints: 3, hintsRead: read, replay: "again")
    let verdict = Verdict(status: .failed, seed: 1, cases: 1, failure: Verdict.Failure(finding: Finding("wrong")))
    #expect(text.lines(verdict).contains { $0.contains("labs-cli hint \(hint)labs-cli read") })
  }

  @Test func `71: overrides stay, results are replaced, and a damaged gradebook is built again`() async throws {
    let folder = try Scratch()
    let path = folder.path + "/gradebook.sqlite"
    let row = try await Self.row(student: "ana")
    let book = try Gradebook(path: path)
    try book.project([row, row], tier: .bubblewrap)
    try book.record(
      .init(student: "ana", lab: "", score: 7, author: "eva", time: "2026-01-01T00:00:00Z", reason: "ill"))
    try book.project([row], tier: .bubblewrap)
    #expect(try book.grades() == ["ana  7"])
    try folder.write("gradebook.sqlite", String(repeating: "no database ", count: 1000))
    let fresh = try Gradebook(path: path)
    try fresh.project([row], tier: .bubblewrap)
    #expect(try fresh.grades() == ["ana  0"])
  }

  @Test func `each damaged gradebook is kept under a name of its own, and named`() async throws {
    let folder = try Scratch()
    let row = try await Self.row(student: "ana")
    let reports = Reports(folder: folder.path)
    #expect(try reports.write([row], labs: [], tier: .bubblewrap) == nil)
    for number in 1...2 {
      try folder.write("gradebook.sqlite", "no database \(number)" + String(repeating: " ", count: 9000))
      let damaged = try #require(try reports.write([row], labs: [], tier: .bubblewrap))
      #expect(damaged == "\(folder.path)/gradebook.sqlite.damaged-\(number)")
    }
    #expect(try folder.read("gradebook.sqlite.damaged-1").hasPrefix("no database 1"))
  }

  /// The row of a student who handed in nothing.
  private static func row(student: String) async throws -> ResultRow {
    let workshop = try await Bench.workshop.value
    let grader = try SubmissionGrader(workshop: workshop, modules: .ofUser(workshop), store: nil, seed: 1)
    let bulk = BulkGrader(
      Selection(of: []), grader: grader, unpacker: ArchiveReader(workshop: workshop), folder: "in", isFresh: false)
    let submission = Submission(student: student, lab: "", content: .refused("the folder is empty"))
    let rows = try await bulk.grade([submission], workers: 1) { _ in }
    return try #require(rows.first)
  }
}
