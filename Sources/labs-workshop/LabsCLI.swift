// All commands of `labs-cli`, one file per command; the file next to it makes what the command prints.
//
// A command reads its options, asks the modules, prints, and ends with an exit code for the outcome. A problem that the
// user can solve is a `Refusal`: one sentence that says what to do next.
//
// Read this file, then any command:
//
// * the book: `Read`, `List`, `HomeworkCommand`;
// * a student's work: `Start`, `Test` with `TestText` and `Walk`, `Hint`, `Reset` with `Inventory`, `Progress` with
//   `ProgressFile`, over `StudentWork` and `LabShelf`;
// * experiments: `Sim` with `SimText`, `SimReport`, `SimCalls` and `SleeperText`, and for every schedule
//   `EveryOptions`, `EveryRun`, `EveryText` and `EveryReport`; `Conform` with `ConformText` and `ConformReport`; `Pages`;
//   for both, `KernelParts` (whose component is in which slot, with `Components+Best`) and `KernelTrial` (a run of the
//   user's own components); `Race` with `RaceText`, `RaceFindings` and `RaceReport`;
// * grading: `Grade` with `GradeRun` and `ProgressMeter`, `Doctor`, and `Catalog`, which knows all suites;
// * authors: `Dev`, `DevGrade`, `DevFigures`, `DevNew` with `LabNames`, `LabScaffold`, `LabTemplate` and, for each
//   shape, `CallTemplate`, `KernelTemplate`, `InterleavingTemplate`;
// * what they share: `BookOption`, `ModelName`, `ColorChoice+Argument`, `Terminal+JSON`, `StatusLine`,
//   `Interrupt`, `Folder`, `TextFile`.

import ArgumentParser
import Desk
import Reader

/// The command line of the book, one file per command.
@main
struct LabsCLI: AsyncParsableCommand {
  /// The subcommands, in the order in which the help lists them.
  static let configuration = CommandConfiguration(
    commandName: "labs-cli", abstract: "Kernel by Hand: an exercise book on operating systems.",
    subcommands: [
      List.self, Start.self, Test.self, Hint.self, Reset.self, Progress.self, Read.self, Sim.self, Race.self,
      Conform.self, HomeworkCommand.self, Pages.self, Grade.self, Doctor.self, Dev.self,
    ])

  /// Runs a command; a refusal becomes one line and its exit status.
  ///
  /// It runs on the main actor and parses directly, so that a command that does nothing concurrently starts no threads.
  @MainActor static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard let refusal = error as? Refusal ?? misspeltCommand else { exit(withError: error) }
      Program.end(with: refusal)
    }
  }

  /// What to say if the first argument resembles the name of a command, but is none.
  private static var misspeltCommand: Refusal? {
    let names = configuration.subcommands.map { $0.configuration.commandName ?? "\($0)".lowercased() }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !names.contains(word) else {
      return nil
    }
    return Suggestions.question(word, among: names).map { Refusal("there is no command '\(word)'; \($0)", .usage) }
  }
}
