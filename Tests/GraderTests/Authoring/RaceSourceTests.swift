import Grader
import Testing

@Suite struct RaceSourceTests {
  private func names(_ text: String) -> [String] {
    RaceSource(text).wrapped.split(separator: "\n").filter { $0.hasPrefix("kernelByHandRace.name(") }
      .map { String($0.split(separator: "\"")[1]) }
  }

  @Test(arguments: [
    ("let x = Atomic(0)\nlet y = Atomic(0)", ["x", "y"]),
    ("let x = Atomic(0), y = Atomic(0)", ["x", "y"]),
    ("let x = Atomic(0),\n    y = Atomic(0)", ["x", "y"]),
    ("let table: Dictionary<Int, Int> = [1: 2, 3: 4]", ["table"]),
    ("cpu { let inner = 1 }\nlet outer = 1", ["outer"]),
    ("// let a = 1\n/* let b = 1 */\nlet c = \"let d = 1 {\"", ["c"]),
    ("var twice: Int { 2 }\nvar once = 1; let both = 3", ["once", "both"]),
    ("for let x in [1] { print(x) }\nif let y = Int(\"1\") { print(y) }", []),
  ])
  func `variables outside all braces are named`(text: String, expected: [String]) {
    #expect(names(text) == expected)
  }

  @Test func `imports move in front, and all lines keep their numbers`() {
    let lines = RaceSource("import Interleave\n\nlet x = 1\n").wrapped.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0 == "import Interleave" }.count == 2)
    let start = lines.lastIndex { $0.hasPrefix("#sourceLocation(file:") && $0.hasSuffix("line: 1)") }
    #expect(start.map { Array(lines[$0 + 1...$0 + 3]) } == ["", "", "let x = 1"])
  }
}
