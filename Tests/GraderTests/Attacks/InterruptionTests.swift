import Foundation
import Grader
import Testing

/// The whole program, killed and started again.
@Suite(.serialized) struct InterruptionTests {
  private static let program = (try? Kit.besideExecutable().folder).map { $0 + "/labs-cli" } ?? ""

  @Test func `66: killed at any point, it goes on to the very same results, and leaves no process behind`() throws {
    let folder = try Scratch()
    for student in ["ana", "bob", "cat", "dan", "eve"] {
      try folder.write("in/\(student)/buddy/BuddyAllocator.swift", Mischief(above: "// \(student)").source)
    }
    for delay in [0.2, 0.6, 1.0] {
      let run = try Self.start(folder, out: "killed")
      Thread.sleep(forTimeInterval: delay)
      kill(run.processIdentifier, SIGKILL)
      run.waitUntilExit()
    }
    let resumed = try Self.start(folder, out: "killed")
    resumed.waitUntilExit()
    let whole = try Self.start(folder, out: "whole")
    whole.waitUntilExit()
    #expect(resumed.terminationStatus == 0 && whole.terminationStatus == 0)
    #expect(try folder.read("killed/results.json") == folder.read("whole/results.json"))
    #expect(try folder.read("killed/results.csv") == folder.read("whole/results.csv"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/killed/jobs").filter {
      $0.hasSuffix(".json")
    }
    #expect(left.count == 5)
  }

  private static func start(_ folder: Scratch, out: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["grade", folder.path + "/in", "--labs", "labs", "--out", folder.path + "/" + out]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
