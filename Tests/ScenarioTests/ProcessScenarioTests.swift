import Foundation
import LabKernel
import Scenario
import Testing

/// What the scenarios about files and programs print, with the simplest component in every slot.
@Suite struct ProcessScenarioTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let folder = root.appendingPathComponent(Scenario.commandFolder)

  private static func command(_ name: String) -> String? {
    try? String(contentsOf: folder.appendingPathComponent("\(name).s"), encoding: .utf8)
  }

  /// The kernel of a scenario, at its end.
  private func kernel(_ name: String) throws -> Kernel {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("scenarios/processes/\(name).yml"), encoding: .utf8)
    let scenario = try Scenario(yaml: text, file: name, command: Self.command)
    var kernel = scenario.kernel()
    kernel.run(until: scenario.end)
    #expect(kernel.brokenInvariants() == [])
    return kernel
  }

  @Test(arguments: [
    ("shared-offset", "PARld\nparent\n"), ("redirect", "the file has: where is this?\n"),
    ("interpreter", "exec failed with -8\n"), ("arguments", "3 at 0\n/bin/show\ntwo\nwords\n1 at 0\nshow\n"),
  ])
  func `a scenario prints what its section says`(scenario: String, console: String) throws {
    #expect(try kernel(scenario).console.text == console)
  }

  @Test func `a shell runs pipelines, redirects, and knows how commands ended`() throws {
    #expect(
      try kernel("shell").console.text == """
        apple
        cherry
        two   blanks and a ;
               6      10      49
        sh: nothing: not found
        127
            PID    PPID S NAME
              1       0 S init
              2       1 S sh
             13       2 S sleep
             14       2 R ps
        fruit
        note

        """)
  }

  @Test func `a daemon starts what is due each minute, and leaves no zombie for longer than that`() throws {
    #expect(
      try kernel("cron").console.text == """
        a minute has passed
        a minute has passed
            PID    PPID S NAME
              1       0 S init
              3       1 S cron
              6       3 R sh
              7       3 S sh
              8       6 Z echo
              9       7 R ps
        a minute has passed
        this is minute 3
        a minute has passed
            PID    PPID S NAME
              1       0 S init
              3       1 S cron
             14       3 R sh
             15       3 S sh
             16      14 Z echo
             17      15 R ps

        """)
  }

  @Test(arguments: try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
  func `a program of the book says what it does, and can be read`(file: String) throws {
    let name = try #require(file.hasSuffix(".s") ? String(file.dropLast(2)) : nil)
    let text = try #require(Self.command(name))
    #expect(text.hasPrefix("# \(name)"))
    _ = try ProgramParser.parse(text)
  }
}
