import Reader
import Testing

@Suite struct ChapterTests {
  /// The columns that a terminal shows without breaking the line.
  private static let width = 80

  @Test func `a chapter begins with its title`() throws {
    let findings = try BookFiles.book().chapters.filter { chapter in
      guard case .heading(level: 1, let title) = try chapter.load().blocks.first?.content else { return true }
      return title.plainText.isEmpty
    }
    #expect(findings.map { "chapters/\($0.name).md:1: does not begin with '# A title'" } == [])
  }

  @Test func `every block of code is closed`() throws {
    let findings = try BookFiles.chapters().filter { page in
      page.lines.count { $0.hasPrefix("```") } != 2 * page.blocks.count
    }
    #expect(findings.map { "\($0.path): an odd number of fences" } == [])
  }

  /// A command to be copied is never broken.
  private func isCommand(_ line: String) -> Bool { line.hasPrefix("  labs-cli ") && line.contains(" --replay ") }

  @Test func `no line of code is wider than a terminal`() throws {
    let findings = try BookFiles.chapters().flatMap { page in
      page.blocks.flatMap(\.body).filter { page.lines[$0].count > ChapterTests.width && !isCommand(page.lines[$0]) }.map
      {
        page.finding($0, "\(page.lines[$0].count) columns")
      }
    }
    #expect(findings == [])
  }
}
