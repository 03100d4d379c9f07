import Foundation
import Grader
import Testing

/// The whole program, killed or stopped, and started again.
@Suite(.serialized) struct InterruptionTests {
  private static let students = ["ana", "bob", "cat", "dan", "eve"]

  /// When to strike.
  enum Moment: CaseIterable {
    /// As soon as anything runs in a sandbox.
    case firstProcess
    /// As soon as one result is kept.
    case firstResult
    /// As soon as four are.
    case fourthResult
  }

  @Test func `66: killed at any point, it goes on to the very same results, and leaves nothing behind`() throws {
    let folder = try Self.submissions()
    var left: [Relative] = []
    for moment in Moment.allCases {
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
    #expect(run.said.contains("labs-cli: stopped; what is graded is kept: start the same command again to go on"))
    #expect(Relative.areGone(left))
    #expect(left.compactMap(\.workshop).allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    #expect(try GraderRun.results(folder, out: "stopped") > 0)
    #expect(try GraderRun(folder, out: "stopped").end() == 0)
    #expect(try GraderRun.results(folder, out: "stopped") == Self.students.count)
  }

  @Test func `without a terminal there is one line a submission, and nothing that moves a cursor`() throws {
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

/// `labs-cli grade` on the submissions of a scratch folder; a class, because it ends.
private final class GraderRun {
  private let process = Process()
  private let out: String
  private let log: String

  init(_ folder: Scratch, out: String) throws {
    self.out = folder.path + "/" + out
    log = "\(folder.path)/\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process.executableURL = URL(fileURLWithPath: try Kit.besideExecutable().folder + "/labs-cli")
    process.arguments = ["grade", folder.path + "/in", "--labs", "labs", "--out", self.out, "--jobs", "2"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
  }

  var status: Int32 { process.terminationStatus }

  /// What it said on standard error.
  var said: String { FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func end() throws -> Int32 {
    process.waitUntilExit()
    return status
  }

  /// Waits for the moment, sends the signal, waits for the end; returns the processes that there were.
  func strike(_ signal: Int32, at moment: InterruptionTests.Moment) throws -> [Relative] {
    while process.isRunning, !isReached(moment) { usleep(500) }
    let relatives = Relative.under(process.processIdentifier)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return relatives
  }

  private func isReached(_ moment: InterruptionTests.Moment) -> Bool {
    let isAtWork = Relative.under(process.processIdentifier).contains { $0.workshop != nil }
    switch moment {
    case .firstProcess: return isAtWork
    case .firstResult: return isAtWork && Self.count(out) >= 1
    case .fourthResult: return isAtWork && Self.count(out) >= 4
    }
  }

  static func results(_ folder: Scratch, out: String) throws -> Int { count(folder.path + "/" + out) }

  /// How many results are kept in a folder that may not be there yet.
  private static func count(_ out: String) -> Int {
    let names = FileManager.default.enumerator(atPath: out + "/jobs")?.compactMap { $0 as? String } ?? []
    return names.count { $0.hasSuffix(".json") }
  }
}

/// A process that another has started, and what it was called with.
private struct Relative {
  let process: Int32
  let command: String

  /// The folder of the run, where it is in the command.
  var workshop: String? {
    command.split(separator: "\0").compactMap { word in
      word.range(of: "/labs-grade-").map { name in
        String(word[..<name.upperBound] + word[name.upperBound...].prefix { $0 != "/" })
      }
    }.first
  }

  /// All that descend from a process.
  static func under(_ process: Int32) -> [Relative] {
    children(of: process).flatMap { child in
      [Relative(process: child, command: text("/proc/\(child)/cmdline"))] + under(child)
    }
  }

  private static func children(of process: Int32) -> [Int32] {
    let threads = FileManager.default.enumerator(atPath: "/proc/\(process)/task")?.compactMap { $0 as? String } ?? []
    return threads.filter { !$0.contains("/") }.flatMap { thread in
      text("/proc/\(process)/task/\(thread)/children").split(separator: " ").compactMap { Int32($0) }
    }
  }

  private static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Waits until none of them is there any more, for five seconds at most.
  static func areGone(_ relatives: [Relative]) -> Bool {
    for _ in 0..<5000 {
      if relatives.allSatisfy({ text("/proc/\($0.process)/cmdline") != $0.command || $0.command.isEmpty }) {
        return true
      }
      usleep(1000)
    }
    return false
  }
}
