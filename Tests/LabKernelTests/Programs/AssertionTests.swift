import LabKernel
import Testing

@Suite struct AssertionTests {
  @Test func `an assertion that holds does nothing`() throws {
    var kernel = try machine(["A": "set r1 3\nassert r1 == 3 \"three\"\nprint \"on\""])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "on" && kernel.obituaries.map(\.status) == [.exited(0)])
  }

  @Test func `one that fails says so, and ends the task with SIGABRT`() throws {
    var kernel = try machine(["A": "set r1 4\nassert r1 < 3 \"fewer than three\"\nprint \"on\""])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "assertion failed: fewer than three\n")
    #expect(kernel.obituaries.map(\.status) == [.signaled(.SIGABRT)])
  }

  @Test func `a choice is drawn only if the program has a seed`() throws {
    let source = "choose r1 100\nprint r1"
    let drawn = try ProgramParser.parse(source, seed: 3, draws: true)
    #expect(try ProgramParser.parse(source, seed: 3).instructions.first != drawn.instructions.first)
    #expect(try ProgramParser.parse(source, seed: 3, draws: true) == drawn)
  }

  @Test(arguments: ["assert r1 3 \"x\"", "assert r1 == 3", "choose r1 0", "choose r1 257", "choose r1 r2"])
  func `a mistake is reported`(source: String) {
    #expect(throws: ProgramError.self) { try ProgramParser.parse(source) }
  }
}
