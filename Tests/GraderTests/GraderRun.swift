import Foundation
import Grader
import Testing

/// `labs-cli grade` on the submissions of a scratch folder, or another command that runs in the sandbox; a class,
/// because it ends.
final class GraderRun {
  /// When to strike.
  enum Moment: CaseIterable {
    /// As soon as anything runs in a sandbox.
    case firstProcess
    /// As soon as one result is kept.
    case firstResult
    /// As soon as four are.
    case fourthResult
  }

  /// The error that a run was still there after so many seconds that it certainly hangs; it has been killed.
  struct Hung: Error { let seconds: Int }

  private let process = Process()
  private let out: String
  private let log: String
  private static let patience = 120
  private static let lookMicroseconds: UInt32 = 500

  /// Starts it on the folder `in`, with results in `out`.
  convenience init(_ folder: Scratch, out: String) throws {
    let out = folder.path + "/" + out
    try self.init(folder, ["grade", folder.path + "/in", "--labs", "labs", "--out", out, "--jobs", "2"], out: out)
  }

  /// Starts a command with the folder as a student's work.
  convenience init(_ folder: Scratch, _ arguments: [String]) throws {
    try self.init(folder, arguments, out: folder.path)
  }

  private init(_ folder: Scratch, _ arguments: [String], out: String) throws {
    self.out = out
    log = "\(folder.path)/\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process.executableURL = URL(fileURLWithPath: try Kit.besideExecutable().folder + "/labs-cli")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["LABS_WORK": folder.path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
  }

  /// The number of its process.
  var number: Int32 { process.processIdentifier }

  /// Its exit status.
  var status: Int32 { process.terminationStatus }

  /// Whether it is still there.
  var isRunning: Bool { process.isRunning }

  /// What it printed on standard error.
  var said: String { FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// The folders in `/tmp` that it has made and that are still there.
  var folders: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    return names.filter { $0.hasPrefix("labs-grade-\(number)-") }.map { "/tmp/" + $0 }
  }

  /// Waits for its end; returns its exit status.
  ///
  /// - Throws: ``Hung``; a test of processes does not wait forever.
  @discardableResult func end() throws -> Int32 {
    let deadline = ContinuousClock.now + .seconds(Self.patience)
    while process.isRunning {
      if ContinuousClock.now > deadline {
        kill(number, SIGKILL)
        throw Hung(seconds: Self.patience)
      }
      usleep(Self.lookMicroseconds)
    }
    return status
  }

  /// Waits for the moment, sends the signal, waits for the end; returns the processes that there were.
  func strike(_ signal: Int32, at moment: Moment) throws -> [Relative] {
    while process.isRunning, !isReached(moment) { usleep(Self.lookMicroseconds) }
    return try strike(signal)
  }

  /// Sends the signal now, waits for the end; returns the processes that there were.
  func strike(_ signal: Int32) throws -> [Relative] {
    let relatives = Relative.under(number)
    kill(number, signal)
    try end()
    return relatives + Relative.named("labs-grade-\(number)-")
  }

  /// Waits until a submission runs in a sandbox.
  func waitForSubmission() {
    while process.isRunning, !Relative.under(number).contains(where: { $0.command.contains("/box/program") }) {
      usleep(Self.lookMicroseconds)
    }
  }

  private func isReached(_ moment: Moment) -> Bool {
    let isAtWork = Relative.under(number).contains { $0.workshop != nil }
    switch moment {
    case .firstProcess: return isAtWork
    case .firstResult: return isAtWork && Self.count(out) >= 1
    case .fourthResult: return isAtWork && Self.count(out) >= 4
    }
  }

  /// How many results are kept.
  static func results(_ folder: Scratch, out: String) throws -> Int { count(folder.path + "/" + out) }

  /// How many results are kept in a folder that may not be there yet.
  private static func count(_ out: String) -> Int {
    let names = FileManager.default.enumerator(atPath: out + "/jobs")?.compactMap { $0 as? String } ?? []
    return names.count { $0.hasSuffix(".json") }
  }
}

/// A process that another process has started, and its command line.
struct Relative {
  /// Its number.
  let process: Int32
  /// The words of its command line.
  let command: String

  /// The folder of the run, if it is in the command.
  var workshop: String? {
    command.split(separator: "\0").compactMap { word in
      word.range(of: "/labs-grade-").map { name in
        String(word[..<name.upperBound] + word[name.upperBound...].prefix { $0 != "/" })
      }
    }.first
  }

  /// All descendants of a process.
  static func under(_ process: Int32) -> [Relative] {
    children(of: process).flatMap { child in
      [Relative(process: child, command: text("/proc/\(child)/cmdline"))] + under(child)
    }
  }

  /// All processes of this machine with a word that contains `word` in their command lines.
  static func named(_ word: String) -> [Relative] {
    let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    return numbers.filter { $0 != getpid() }.map { Relative(process: $0, command: text("/proc/\($0)/cmdline")) }.filter
    {
      $0.command.contains(word)
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

  /// Waits until none of them exists any more, for five seconds at most.
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
