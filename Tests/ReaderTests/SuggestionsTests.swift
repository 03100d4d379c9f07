import Reader
import Testing

@Suite struct SuggestionsTests {
  private static let names = ["scheduling", "memory", "ipc", "interrupts", "synchronization", "real-time"]

  @Test(arguments: [
    ("schedulng", ["scheduling"]), ("shceduling", ["scheduling"]), ("mem", ["memory"]), ("memroy", ["memory"]),
    ("i", ["ipc", "interrupts"]), ("time", ["real-time"]), ("icp", ["ipc"]), ("banana", []), ("", []),
    ("realtime", ["real-time"]), ("xyz", []),
  ])
  func `names similar to the misspelt one are offered`(word: String, expected: [String]) {
    #expect(Suggestions.near(word, among: SuggestionsTests.names) == expected)
  }

  @Test func `a word of absurd length is similar to no name`() {
    #expect(Suggestions.near(String(repeating: "x", count: 1_000_000), among: SuggestionsTests.names) == [])
  }
}
