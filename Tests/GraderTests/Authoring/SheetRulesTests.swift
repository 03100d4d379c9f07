import Grader
import Testing

@Suite struct SheetRulesTests {
  private static let sheet = "# A lab\n\n<!-- rules -->\n\n1. Old.\n\n<!-- /rules -->\n\nThe end.\n"
  private static let rules = [
    LabRule(id: "first", says: "A read of no bytes returns 0.", checks: ["a"]),
    LabRule(id: "second", says: (0..<30).map { "word\($0)" }.joined(separator: " "), checks: ["b"]),
  ]

  @Test func `the list between the marks is replaced, wrapped, and nothing else is touched`() throws {
    let derived = try SheetRules.derive(Self.sheet, Self.rules)
    let lines = derived.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[..<5] == ["# A lab", "", "<!-- rules -->", "", "1. A read of no bytes returns 0."])
    #expect(lines[5].hasPrefix("2. word0 word1 ") && lines[6].hasPrefix("   word"))
    #expect(lines.suffix(5) == ["", "<!-- /rules -->", "", "The end.", ""])
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(try SheetRules.derive(derived, Self.rules) == derived)
  }

  @Test func `a sheet without rules stays as it is`() throws {
    #expect(try SheetRules.derive("# A lab\n", []) == "# A lab\n")
  }

  @Test(arguments: ["# A lab\n", "<!-- /rules -->\n<!-- rules -->\n", sheet + sheet, "<!-- rules -->\n"])
  func `rules need one place in the sheet`(sheet: String) {
    #expect(throws: SheetRules.MissingPlace.self) { try SheetRules.derive(sheet, Self.rules) }
  }
}
