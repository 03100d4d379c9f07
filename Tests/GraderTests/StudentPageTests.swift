import Foundation
import Grader
import Judging
import Testing

/// What is handed out to students.
@Suite struct StudentPageTests {
  /// A row with one check that came to a bad end, and secrets wherever there is a text.
  private static func row(_ visibility: Visibility, student: String = "ana") async throws -> ResultRow {
    let failure = Verdict.Failure(
      finding: Finding("secret-1", picture: Picture([.init("row", "secret-2")])), input: [.init("in", "secret-3")],
      shrunk: "secret-4", call: "secret-5")
    var document = try await graded.value
    document.checks[0].verdict = Verdict(status: .crashed, seed: 7, cases: 3, failure: failure)
    document.checks[0].visibility = visibility
    document.printed = "secret-6"
    document.key = "secret-7"
    let submission = Submission(student: student, lab: "buddy", content: .files([]), notes: ["a note"])
    return ResultRow(submission, document, folder: "secret-8")
  }

  private static let graded = _Concurrency.Task { try await Mischief().graded(check: "sound-blocks") }

  @Test func `of a hidden check, a student sees only its name and its end`() async throws {
    let row = try await Self.row(.hidden).forStudent(.revealed)
    let page = ReportPage([row], labs: [try Bench.buddy()], tier: .bubblewrap, audience: .student).html
    let document = String(decoding: try ResultsFile.json([row]), as: UTF8.self)
    #expect(!page.contains("secret") && !document.contains("secret"))
    #expect(page.contains(row.checks[0].title) && page.contains("crashed") && page.contains("a note"))
    #expect(page.contains("For the student whose work it is"))
    #expect(!page.contains("replay"))
  }

  @Test func `as long as something can be handed in, hidden checks are one sum`() async throws {
    var row = try await Self.row(.hidden)
    for (index, status) in [Status.passed, .crashed, .timedOut].enumerated() {
      var check = row.checks[0]
      (check.id, check.title, check.status, check.score) = ("secret-\(index)", "secret-9", status, index == 0 ? 10 : 0)
      row.checks.append(check)
    }
    let shown = row.forStudent(.discreet)
    let page = ReportPage([shown], labs: [try Bench.buddy()], tier: .bubblewrap, audience: .student).html
    let document = String(decoding: try ResultsFile.json([shown]), as: UTF8.self)
    #expect(!page.contains("secret") && !document.contains("secret") && !page.contains("crashed"))
    #expect(shown.status == .failed && shown.checks.map(\.id) == ["hidden"])
    #expect(shown.checks[0].score == 10 && shown.checks[0].max == 40 && shown.score == row.score)
    #expect(page.contains("the hidden checks, all 4 together"))
  }

  @Test func `pages of students who are gone, and pages that say something else, do not stay`() async throws {
    let folder = try Scratch()
    let rows = [try await Self.row(.hidden), try await Self.row(.hidden, student: "bob")]
    let reports = Reports(folder: folder.path)
    #expect(try !reports.removePages())
    try reports.writeForStudents(rows, labs: [], tier: .bubblewrap, .discreet)
    try folder.write("students/notes.txt", "mine")
    try reports.writeForStudents([rows[1]], labs: [], tier: .bubblewrap, .discreet)
    let pages = folder.path + "/students"
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: pages).sorted() == ["bob.html", "bob.json", "notes.txt"])
    #expect(try reports.removePages())
    #expect(try FileManager.default.contentsOfDirectory(atPath: pages) == ["notes.txt"])
  }

  @Test func `of a visible check, a student sees everything, and how to run it again`() async throws {
    let row = try await Self.row(.visible).forStudent(.discreet)
    #expect(row.checks[0].message == "secret-1, in secret-5" && row.printed == "secret-6")
    #expect(row.checks[0].replay == "labs-cli test buddy --check sound-blocks --seed 7")
    #expect(row.job.isEmpty)
  }

  @Test func `the page of the instructor says that it is not to be handed out`() async throws {
    let page = ReportPage([try await Self.row(.hidden)], labs: [], tier: .bubblewrap).html
    #expect(page.contains("For the instructor: it shows the inputs of hidden checks, and is not to be handed out."))
    #expect(page.contains("no cgroups"))
  }

  @Test func `no student's name leads out of the folder of pages, or to another student's page`() async throws {
    let folder = try Scratch()
    let names = ["../../evil", "ana", "Ana", "a/b", "a%2Fb", ".", "..", "", "a\nb", String(repeating: "ä", count: 120)]
    let others = [String(repeating: "ä", count: 120) + "b", "-rf", "eve evil"]
    var rows: [ResultRow] = []
    for name in names + others { rows.append(try await Self.row(.hidden, student: name)) }
    try Reports(folder: folder.path).writeForStudents(rows, labs: [], tier: .bubblewrap, .discreet)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/students")
    #expect(files.count == 2 * (names + others).count)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["students"])
  }
}
