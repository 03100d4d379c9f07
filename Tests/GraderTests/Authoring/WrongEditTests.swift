import Grader
import Testing

struct WrongEditTests {
  private static let whole = """
    - name: forgets
      believes: Nothing is left.
      breaks: [[rest, plain], [count, often]]
      killed-by: [b-check, a-check]
      replace: |
        let left = 1
      by: |
        let left = 0
    """

  @Test func `an entry says what it breaks, and is applied if its text occurs once`() throws {
    let edit = try #require(try WrongEdit.all(in: Self.whole, path: "edits.yml").first)
    #expect(edit.name == "forgets")
    #expect(edit.breaks.map(\.description) == ["rest in plain", "count in often"])
    #expect(edit.killers == ["a-check", "b-check"])
    #expect(!edit.isPlain)
    #expect(try edit.applied(to: "  let left = 1\n  return left\n") == "  let left = 0\n  return left\n")
  }

  @Test(arguments: [("let right = 1", 0), ("let left = 1\nlet left = 1", 2)])
  func `a text that occurs nowhere or twice is refused`(text: String, times: Int) throws {
    let edit = try #require(try WrongEdit.all(in: Self.whole, path: "edits.yml").first)
    let error = #expect(throws: ManifestError.self) { try edit.applied(to: text) }
    #expect(error?.description == "forgets: the text to replace is there \(times) times:\nlet left = 1")
  }

  @Test(arguments: [
    ("name: x", "edits.yml is no list"),
    ("- believes: x", "edits.yml: an entry: it has no name"),
    ("- {name: x, colour: red}", "edits.yml: x: unknown keys: colour"),
    ("- {name: x}", "edits.yml: x: what does its author believe?"),
    ("- {name: x, believes: y, breaks: [rest]}", "edits.yml: x: breaks is a list of pairs [rule, context]"),
    ("- {name: x, believes: y, breaks: [[rest]]}", "edits.yml: x: breaks: [\"rest\"] is no pair [rule, context]"),
    ("- {name: x, believes: y, breaks: [[a, b]]}", "edits.yml: x: killed-by is a list of checks"),
    ("- {name: x, believes: y, breaks: [[a, b]], killed-by: [c]}", "edits.yml: x: it edits nothing"),
    ("- {name: x, believes: y, breaks: [[a, b]], killed-by: [c], edits: [{by: z}]}", "edits.yml: x: replace what?"),
  ])
  func `what is missing is named`(yaml: String, message: String) {
    let error = #expect(throws: ManifestError.self) { try WrongEdit.all(in: yaml, path: "edits.yml") }
    #expect(error?.description == message)
  }
}
