import Grader
import Testing

struct StubTests {
  @Test func `a region of statements becomes a todo at its own indentation`() throws {
    let solution = "f {\n    // lab:begin choose the block\n    let a = 1\n    return a\n    // lab:end\n}\n"
    #expect(try Stub.derive(from: solution) == "f {\n    todo(\"choose the block\")\n}\n")
  }

  @Test func `a region of declarations becomes a comment`() throws {
    let solution = "  // lab:begin declare: the free lists\n  var lists: [Int]\n  // lab:end\n"
    #expect(try Stub.derive(from: solution) == "  // the free lists\n")
  }

  private static let whole = "f {\n  // lab:begin x\n  let secret = 1\n  // lab:end\n}\n"

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func `however lines end, the answer stays out of the stub`(end: String, mark: String) throws {
    let text = mark + Self.whole.replacing("\n", with: end)
    #expect(try Stub.derive(from: text) == "f {\n  todo(\"x\")\n}\n")
    #expect(try Stub.secrets(of: text) == ["let secret = 1"])
  }

  @Test func `tabs may indent a region`() throws {
    #expect(try Stub.derive(from: Self.whole.replacing("  ", with: "\t")) == "f {\n\ttodo(\"x\")\n}\n")
  }

  @Test(arguments: ["let a = 1\n\n", "", "// a comment\n"])
  func `a file without regions is refused: its stub would be the answer`(text: String) {
    let error = #expect(throws: Stub.MarkerError.self) { try Stub.derive(from: text) }
    #expect(error?.problem == "there is no region: the stub would be the solution")
    #expect(throws: Stub.MarkerError.self) { try Stub.secrets(of: text) }
  }

  @Test(arguments: [
    "//lab:begin x", "// Lab:begin x", "// lab: begin x", "let a = 1 // lab:end", "/* lab:end */", "// lab:beginx",
  ])
  func `a line that only resembles a marker is refused`(line: String) {
    let error = #expect(throws: Stub.MarkerError.self) { try Stub.derive(from: Self.whole + line + "\n") }
    #expect(error?.line == 6)
    #expect(error?.problem == "this is no marker: '// lab:begin …' and '// lab:end' are")
  }

  @Test(arguments: [
    ("// lab:begin a\n// lab:begin b\n", 2, "a region begins inside another"),
    ("// lab:end\n", 1, "a region ends that has not begun"),
    ("x\n// lab:begin a\n", 2, "the region does not end"),
    ("// lab:begin\n// lab:end\n", 1, "the region does not say what to do"),
  ])
  func `markers that do not match are refused with their line`(_ text: String, _ line: Int, _ problem: String) {
    let error = #expect(throws: Stub.MarkerError.self) { try Stub.derive(from: text) }
    #expect(error?.line == line)
    #expect(error?.problem == problem)
  }

  @Test func `the secrets are the lines of the regions`() throws {
    #expect(try Stub.secrets(of: "a\n// lab:begin x\n  b\n c\n// lab:end\nd\n") == ["b", "c"])
  }
}
