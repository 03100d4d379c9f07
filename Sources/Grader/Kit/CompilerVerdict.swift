import Foundation
import Judging

/// Says in one paragraph why a submission did not become a program.
struct CompilerVerdict {
  private let run: ToolRun
  private let said: String
  private let names: [String]
  /// Where the compiler sees the entry point.
  private let entry: String
  private let budget: Builder.Budget

  /// The verdict on a run of the compiler that left no program.
  init(_ run: ToolRun, said: String, names: [String], entry: String, budget: Builder.Budget) {
    self.run = run
    // A line of the student's may end in a carriage return, and then so does the compiler's line that quotes it.
    self.said = said.replacing("\r\n", with: "\n")
    self.names = names
    self.entry = entry
    self.budget = budget
  }

  /// How the build ended.
  var outcome: BuildOutcome {
    let (status, message) = reason
    return .refused(status, message: message, diagnostics: redacted)
  }

  /// Whether the compiler's message could also have come from a damaged file of ours.
  var mayBeOurs: Bool {
    guard reason.0 == .compileError else { return false }
    guard let error = firstError, names.contains(where: { error.hasPrefix($0 + ":") }) else { return true }
    return Self.wordsOfFiles.contains { error.contains($0) }
  }

  /// Words of errors that are about a file being read, and not about the code in the submission.
  private static let wordsOfFiles = ["module", "cannot open", "cannot load", "malformed", "corrupt", "header"]

  private var reason: (Status, String) {
    if isOurs { return (.internal, "the compiler could not be started: \(firstLine)") }
    if run.excess == .memory || ranOutOfMemory {
      return (.memory, "the compiler used up its \(budget.memoryMiB) MiB of memory")
    }
    if run.excess != nil || diedOf(SIGXCPU) || diedOf(SIGKILL) {
      return (
        .timedOut, "the compiler used more than \(budget.cpuSeconds) s: simplify the longest expressions, or split them"
      )
    }
    if let error = firstError { return (.compileError, error) }
    if compilerCrashed { return (.compileError, "the compiler crashed on this submission; write it in a simpler way") }
    return (.compileError, firstLine)
  }

  /// Whether the fault is ours: only what is printed before the compiler starts can be, and names of students' files
  /// come later.
  private var isOurs: Bool {
    run.status == 125 || ["bwrap: ", "sandbox-shim: "].contains { run.printed.starts(with: $0.utf8) }
  }

  private func diedOf(_ signal: Int32) -> Bool {
    run.status == 128 + signal || said.contains("error: compile command failed due to signal \(signal) ")
  }

  private var ranOutOfMemory: Bool {
    said.contains("out of memory") || said.contains("std::bad_alloc") || said.contains("LLVM ERROR: Allocation failed")
      || said.contains("Cannot allocate memory")
  }

  private var compilerCrashed: Bool { said.contains("Stack dump:") || said.contains("failed due to signal") }

  /// The first error, with where it is: `BuddyAllocator.swift:12:5: cannot find 'x' in scope`.
  private var firstError: String? {
    for line in said.split(separator: "\n") {
      guard let range = line.range(of: ": error: ") else { continue }
      let place = line[..<range.lowerBound]
      return "\(validated(place)): \(line[range.upperBound...])"
    }
    return nil
  }

  private var firstLine: String { said.split(separator: "\n").first.map(String.init) ?? "it said nothing" }

  /// The place, if it can be trusted: `#sourceLocation` can claim any, and one outside the student's files is not
  /// repeated.
  private func validated(_ place: Substring) -> String {
    let file = place.prefix { $0 != ":" }
    if names.contains(String(file)) { return String(place) }
    if file == entry { return "the lab's entry point" }
    return "somewhere in the submission"
  }

  /// What the compiler said, without the command line and paths that it prints when it crashes: those are not for
  /// students.
  private var redacted: String {
    let lines = said.replacing(entry, with: "the lab's entry point").split(
      separator: "\n", omittingEmptySubsequences: false)
    let end = lines.firstIndex { $0.contains("Stack dump") || $0.contains("Please submit a bug report") } ?? lines.count
    return lines[..<end].joined(separator: "\n")
  }
}
