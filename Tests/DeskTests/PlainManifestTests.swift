import Desk
import Foundation
import Grader
import Testing

@Suite struct PlainManifestTests {
  private static let lines = [
    "title: The pipe", "area: ipc", "section: 6#pipes", "component: RingPipe", "lab: PipeLab", "prerequisites: []",
    "difficulty: 3", "hours: 4", "points: {bytes: 100}", "hints: [a, b, c]", "shape: call", "baseline: SimplePipe",
  ]
  private static let plain = lines.joined(separator: "\n")

  /// The head with one of its lines replaced.
  private static func with(_ line: String) -> String {
    let key = line.drop { $0 == "\"" }.prefix { $0.isLetter }
    return lines.map { $0.hasPrefix("\(key):") ? line : $0 }.joined(separator: "\n")
  }

  private func card(_ text: String) -> LabRow.Card? { PlainManifest.card(of: "pipe", Array(text.utf8)) }

  @Test(arguments: [
    plain, plain + "\n", lines.joined(separator: "\r\n"), lines.joined(separator: "\r"), "\u{FEFF}" + plain,
    "# A lab\n\n" + plain, with("title: A, b: [c] {d} & e's #1 - \"f\" *g @h %i !"),
    with("title: 12"), with("title: yes"), with("title: null"), with("title: 2026-01-01"), with("title: 0x1f"),
    with("title: 1e3"), with("title: a:b"), with("section: 5#buddy-allocator"),
    with("difficulty: 5"), lines.reversed().joined(separator: "\n"),
  ])
  func `what is understood in a manifest means the same to a YAML reader`(text: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID())/pipe")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try Data(text.utf8).write(to: folder.appendingPathComponent("lab.yml"))
    let manifest = try? LabManifest(folder: folder.path)
    guard let card = card(text) else { return }
    #expect(manifest?.slug == card.slug)
    #expect(manifest?.title == card.title)
    #expect(manifest?.area == card.area)
    #expect(manifest?.section == card.section)
    #expect(manifest?.component == card.component)
    #expect(manifest?.difficulty == card.difficulty)
  }

  @Test func `the head of a manifest is found in any order of its lines`() {
    let card = LabRow.Card(
      slug: "pipe", title: "The pipe", area: "ipc", section: "6#pipes", component: "RingPipe", difficulty: 3)
    #expect(self.card(Self.plain) == card)
    #expect(self.card("# A lab\n\n" + Self.plain + "\n") == card)
    #expect(self.card("difficulty: 3\n" + Self.lines.filter { $0 != "difficulty: 3" }.joined(separator: "\n")) == card)
  }

  @Test(arguments: [
    "", "{", "---\n" + plain, with("title: 'The pipe'"),
    with("title: \"The pipe\""), with("title: |\n  The pipe"), with("title: >\n  The pipe"), with("title: The\n  pipe"),
    with("title: The\n\n  pipe"), with("title: The pipe # a comment"), with("title: The pipe "), with("title:"),
    with("title:  The pipe"), with("title:\tThe pipe"), with("title: &a The pipe"), with("title: *a"),
    with("title: !!str x"), with("title: a: b"), with("title: a:"), with("title: - a"), with("title: ~"),
    with("title: Café"), with("title : x"), with("\"title\": x"), with("area: a\ntitle: twice"),
    with("component: Ring.Pipe"), with("component: 3Pipe"), with("difficulty: 6"), with("difficulty: +3"),
    with("difficulty: 3.0"), with("difficulty: 3\n  4"), with("lab: 'a\n'"), with("lab: [a"), with("lab: {a: 'b"),
    with("difficulty: easy"), String(plain.dropLast(plain.count - 30)),
  ])
  func `what only a YAML reader can read is not understood`(text: String) {
    #expect(card(text) == nil)
  }
}
