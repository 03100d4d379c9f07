import Grader
import Testing

struct AnswerPlacesTests {
  /// The texts that are looked up.
  private func found(_ answer: String) -> [String] {
    let bytes = Array(answer.utf8)
    return AnswerPlaces(in: bytes).texts.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `texts with addresses after a place in a student's file are found, and no others`() {
    #expect(
      found("[ 'student-file-0.swift:4@0x1f,20 'student-file-0.swift:5 '!0x9 ] 1 '@0x3")
        == ["student-file-0.swift:4@0x1f,20", "!0x9", "@0x3"])
  }

  @Test(arguments: [
    "", "@", "@0x", "@0x1f", "'a_name@0x1f", "'student-file-0.swift:4@1f", "'@0xfg", "@0x1'", "1'@0x1",
    "'student-file-0.swift:4@0x1f_and_more",
  ])
  func `text that only looks like an address is left alone`(answer: String) {
    #expect(found(answer) == [])
  }

  @Test func `a flood of marks costs no more than reading it`() {
    #expect(found(String(repeating: "@0x1", count: 250_000)) == [])
    #expect(found(String(repeating: "'@0x1 ", count: 10_000)).count == 10_000)
  }
}
