import Foundation
import Grader
import Testing

/// The whole program, killed or stopped, and started again.
@Suite(.serialized, .timeLimit(.minutes(10))) struct InterruptionTests {
  private static let students = ["ana", "bob", "cat", "dan", "eve"]

  @Test func `66: killed at any point, it goes on to the very same results, and leaves nothing behind`() throws {
    let folder = try Self.submissions()
    var left: [Relative] = []
    for moment in GraderRun.Moment.allCases {
      let run = try GraderRun(folder, out: "killed")
      left += try run.strike(SIGKILL, at: moment)
    }
    #expect(Relative.areGone(left))
    #expect(try GraderRun(folder, out: "killed").end() == 0)
    #expect(try GraderRun(folder, out: "whole").end() == 0)
    #expect(try folder.read("killed/results.json") == folder.read("whole/results.json"))
    #expect(try folder.read("killed/results.csv") == folder.read("whole/results.csv"))
    let grades = try ["killed", "whole"].map { try Gradebook(path: "\(folder.path)/\($0)/gradebook.sqlite").grades() }
    #expect(grades[0] == grades[1] && grades[0].count == Self.students.count)
    #expect(try GraderRun.results(folder, out: "killed") == Self.students.count)
    #expect(left.compactMap(\.workshop).allSatisfy { !FileManager.default.fileExists(atPath: $0) })
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `stopped, it says so, keeps what is done, and leaves neither processes nor folders`(_ signal: Int32) throws {
    let folder = try Self.submissions()
    let run = try GraderRun(folder, out: "stopped")
    let left = try run.strike(signal, at: .firstResult)
    #expect(run.status == 130)
    #expect(
      run.said.contains("labs-cli: stopped; what was graded is kept: run the same command again to continue"))
    #expect(Relative.areGone(left))
    #expect(left.compactMap(\.workshop).allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    #expect(try GraderRun.results(folder, out: "stopped") > 0)
    #expect(try GraderRun(folder, out: "stopped").end() == 0)
    #expect(try GraderRun.results(folder, out: "stopped") == Self.students.count)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a kernel with a component that hangs is stopped, and leaves neither processes nor folders`(
    _ signal: Int32
  ) throws {
    let folder = try Scratch()
    try folder.write("buddy/BuddyAllocator.swift", Mischief(initially: "while true {}").source)
    let run = try GraderRun(folder, ["sim", "scenarios/machine/first.yml", "--mine", "buddy"])
    run.waitForSubmission()
    let left = try run.strike(signal)
    #expect(run.status == 130 && run.said == "labs-cli: stopped\n", "\(run.said)")
    #expect(Relative.areGone(left) && run.folders.isEmpty)
  }

  @Test func `without a terminal there is one line per submission, and nothing that moves a cursor`() throws {
    let folder = try Self.submissions()
    let run = try GraderRun(folder, out: "out")
    #expect(try run.end() == 0)
    #expect(try GraderRun.results(folder, out: "out") == Self.students.count)
    #expect(run.said.split(separator: "\n").count == Self.students.count)
    #expect(!run.said.contains("\u{1B}") && !run.said.contains("\r"))
  }

  private static func submissions() throws -> Scratch {
    let folder = try Scratch()
    for student in students {
      try folder.write("in/\(student)/buddy/BuddyAllocator.swift", Mischief(above: "// \(student)").source)
    }
    return folder
  }
}
