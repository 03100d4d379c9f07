import Homework
import Reader
import Testing

@Suite struct HomeworkSectionTests {
  /// What there is nothing to compute in.
  private static let told = [
    "0#the-model", "0#writing-a-scenario", "0#working-with-the-book", "1#what-a-process-is",
  ]

  @Test func `every section has homework, in the order of the book`() throws {
    let sections = try BookFiles.book().chapters.filter { $0.number < 90 }.flatMap { chapter in
      try chapter.load().headings.filter { $0.level == 2 && $0.anchor != "answers" }
        .map { "\(chapter.number)#\($0.anchor)" }
    }
    #expect(sections.filter { !Self.told.contains($0) } == Homework.sections)
  }

  /// A section sends its readers there.
  @Test(arguments: Homework.sections)
  func `a section names its homework`(section: String) throws {
    #expect(try BookFiles.chapters().contains { $0.text.contains("labs-cli homework \(section)") })
  }
}
