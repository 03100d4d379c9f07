import Interleave
import Testing

struct ScheduleTests {
  @Test(arguments: ["", "aab", "aab1bA", "h12H"])
  func `a schedule reads what it writes`(text: String) { #expect(Schedule(text)?.description == text) }

  @Test(arguments: ["1", "z", "a b", "a-1"])
  func `no other text is a schedule`(text: String) { #expect(Schedule(text) == nil) }
}
