import Grader
import Judging
import Testing

@Suite struct VerdictBoundsTests {
  @Test func `what a submission makes megabytes long is cut before it is kept`() throws {
    let long = String(repeating: "x", count: 1 << 20)
    let rows = Array(repeating: Picture.Row(long, long), count: 1000)
    let picture = Picture(rows, mark: .init(column: 3, note: long))
    let failure = Verdict.Failure(finding: Finding(long, picture: picture), input: [.init("a", "b")], call: long)
    let cut = try #require(Verdict(status: .failed, seed: 1, cases: 1, failure: failure).bounded.failure)
    #expect(cut.finding.what.count == 2000 && cut.call.count == 2000)
    #expect(cut.finding.picture.rows[0].text.count == 20_000)
    #expect(cut.finding.picture.rows.reduce(0) { $0 + $1.text.count } == 64_000)
    #expect(cut.finding.picture.rows[0].label.count == 40 && cut.finding.picture.mark?.note.count == 2000)
    #expect(cut.input == [.init("a", "b")])
  }

  @Test func `nothing that is kept controls a terminal`() throws {
    let text = "a\u{1B}[2J\u{202E}b"
    let picture = Picture([.init(text, text)], mark: .init(column: 0, note: text))
    let failure = Verdict.Failure(finding: Finding(text, picture: picture), input: [.init(text, text)], call: text)
    let kept = try #require(Verdict(status: .failed, seed: 1, cases: 1, failure: failure).bounded.failure)
    let rows = kept.input + kept.finding.picture.rows
    let note = kept.finding.picture.mark?.note ?? ""
    let texts: [String] = [kept.finding.what, kept.call, note] + rows.flatMap { [$0.label, $0.text] }
    #expect(texts.allSatisfy { $0 == "a\\u{1B}[2J\\u{202E}b" })
  }

  @Test(arguments: [-1, 20_001, Int.max])
  func `a mark where nothing can be is dropped`(_ column: Int) {
    let picture = Picture([.init("a", "b")], mark: .init(column: column, note: "here"))
    let failure = Verdict.Failure(finding: Finding("wrong", picture: picture))
    #expect(Verdict(status: .failed, seed: 1, cases: 1, failure: failure).bounded.failure?.finding.picture.mark == nil)
  }
}
