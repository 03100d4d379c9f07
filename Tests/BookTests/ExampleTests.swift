import Foundation
import Testing

/// The programs under `examples/`, each next to what `labs-cli race` prints about it.
@Suite struct ExampleTests {
  /// The names of the programs.
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: BookFiles.root.appendingPathComponent("examples").path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }.sorted()
  }

  @Test(arguments: try names())
  func `an example is explored with the outcome in the file next to it`(name: String) throws {
    let result = try Command.run(try #require(Command.labsCLI), ["race", "examples/\(name).swift"])
    let expected = try Page("examples/\(name).txt").text
    #expect(result.output == expected, "\(result.errors)")
    #expect(result.status == (expected.contains("is wrong under") ? 1 : 0))
  }

  @Test(arguments: try names())
  func `an example asks for a prediction, and says how to run it`(name: String) throws {
    let text = try Page("examples/\(name).swift").text
    #expect(text.contains("// Predict before you run it: "))
    #expect(text.contains("labs-cli race examples/\(name).swift"))
  }

  @Test func `a counterexample is replayed by the command under it`() throws {
    let program = try #require(Command.labsCLI)
    let first = try Command.run(program, ["race", "examples/dining-philosophers.swift"])
    let replay = try #require(first.output.split(separator: "\n").first { $0.contains(" --replay ") })
    let words = replay.split(separator: " ").drop { $0 != "race" }.map(String.init)
    let second = try Command.run(program, words)
    #expect(second.status == 0)
    let said = second.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains("forks[0], which stays 1"))
  }

  @Test func `a mistake in a program is reported with the program's own line`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("race-\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try #require(Command.labsCLI)
    try Data("import Interleave\nlet x = Atomic(0)\ncpu { y.store(1, ordering: .relaxed) }\n".utf8).write(to: file)
    let broken = try Command.run(program, ["race", file.path])
    #expect(broken.errors.contains("\(file.path):3:7: error: cannot find 'y' in scope"))
    try Data("import Interleave\nlet x = Atomic(0)\n".utf8).write(to: file)
    let empty = try Command.run(program, ["race", file.path])
    #expect(empty.errors.contains("there is no cpu { … } in it"))
    #expect([broken.status, empty.status] == [1, 1])
  }
}
