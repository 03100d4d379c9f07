import Homework
import Reader
import Testing

@Suite struct HomeworkTests {
  private static let seeds: [UInt64] = Array(0..<100)

  @Test(arguments: Homework.sections)
  func `a seed draws the same question and the same answer each time`(section: String) {
    let differing = Self.seeds.filter { Homework.draw(section, seed: $0) != Homework.draw(section, seed: $0) }
    #expect(differing == [])
  }

  @Test(arguments: Homework.sections)
  func `nearly every seed draws another question`(section: String) {
    let questions = Set(Self.seeds.compactMap { Homework.draw(section, seed: $0)?.question })
    #expect(questions.count > 40)
  }

  @Test(arguments: Homework.sections)
  func `no line is wider than a terminal, and none ends in a blank`(section: String) {
    let lines = Self.seeds.compactMap { Homework.draw(section, seed: $0) }.flatMap { $0.question + $0.answer }
    #expect(lines.filter { $0.count > 80 || $0.last == " " } == [])
  }

  @Test func `a section without homework has none`() {
    #expect(Homework.draw("9#nothing", seed: 1) == nil)
  }
}
