import LabKernel
import Testing

@Suite struct TaskNameTests {
  @Test(arguments: [
    ("", ""), ("a", "a"), ("eight888", "eight888"), ("exactly-fifteen", "exactly-fifteen"),
    ("one-more-than-15", "one-more-than-1"), ("äöüäöüäö", "äöüäöüä"), ("12345678901234ä", "12345678901234"),
  ])
  func `a name keeps the characters that fit into fifteen bytes`(text: String, kept: String) {
    #expect(TaskName(text).text == kept)
  }
}
