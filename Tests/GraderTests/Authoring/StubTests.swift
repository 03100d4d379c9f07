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

  @Test func `a file without regions is its own stub`() throws {
    #expect(try Stub.derive(from: "let a = 1\n\n") == "let a = 1\n\n")
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

  @Test func `the secrets are the lines of the regions`() {
    #expect(Stub.secrets(of: "a\n// lab:begin x\n  b\n c\n// lab:end\nd\n") == ["b", "c"])
  }
}
