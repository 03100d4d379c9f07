import ArgumentParser
import Desk
import Foundation
import LabKernel
import Reader
import Subprocess

/// `labs-cli dev figures`: runs the commands of the figures, and puts their output into the chapters.
struct DevFigures: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Run the commands of the figures, and put their output into the chapters.",
    discussion: """
      A figure is a code block of kind 'console' whose first line is '$ labs-cli …'. After 'console' come the labs \
      whose solutions the figure needs; they are found by replacing each solution with the baseline.
      """)

  @Flag(help: "Change nothing; fail if a figure is not what its command prints.")
  var check = false

  @OptionGroup
  var book: BookOption

  /// This program.
  private var program: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
  /// The most that a command may print, in bytes.
  private static let outputLimit = 1 << 20

  func run() async throws {
    let root = try book.root()
    var stale: [String] = []
    for chapter in try Book(chapters: root.chapters).chapters {
      let text = try TextFile.read(chapter.path)
      let figures = Figures(of: text)
      var contents: [(labs: [String], output: [String])] = []
      for figure in figures.figures {
        let place = "\(chapter.name).md:\(figure.line)"
        let output = try await output(of: figure.command, in: root, for: place)
        let labs = try await labs(of: figure.command, printing: output, in: root, for: place)
        contents.append((labs, output))
        if output != figure.output || labs != figure.labs { stale.append(place) }
      }
      if !check { try TextFile.write(figures.chapter(with: contents), to: chapter.path) }
    }
    for place in stale { Terminal.note("\(place): \(check ? "not what its command prints" : "refreshed")") }
    if check, !stale.isEmpty { throw Refusal("run labs-cli dev figures, and read what has changed", .checksFailed) }
  }

  /// The labs without whose solutions a command prints something else.
  private func labs(
    of command: String, printing output: [String], in root: BookRoot, for place: String
  ) async throws -> [String] {
    let isSim = command.hasPrefix("labs-cli sim ")
    guard isSim || command.hasPrefix("labs-cli pages "), !command.contains(" --baseline") else { return [] }
    let plain = command + " --baseline"
    guard try await self.output(of: plain, in: root, for: place) != output else { return [] }
    guard isSim else { return [Pages.lab] }
    let slotted = try LabShelf(root).slotted.map(\.slug)
    var labs: [String] = []
    for lab in slotted where try await self.output(of: plain + " \(lab)", in: root, for: place) != output {
      labs.append(lab)
    }
    return labs.isEmpty ? slotted : labs
  }

  private func output(of command: String, in root: BookRoot, for place: String) async throws -> [String] {
    let words = command.split(separator: " ").map(String.init)
    guard words.first == "labs-cli" else {
      throw Refusal("\(place): a figure's command must begin with labs-cli, not '\(words.first ?? "")'", .configuration)
    }
    let isRace = words.dropFirst().first == "race"
    // A race is compiled, and its figure may be there to show one that goes wrong.
    let path = isRace ? ProcessInfo.processInfo.environment["PATH"] : nil
    let result = try await Subprocess.run(
      .path(.init(program)), arguments: Arguments(Array(words.dropFirst())),
      environment: .custom(["PATH": path ?? "/usr/bin:/bin"]), workingDirectory: .init(root.path), input: .none,
      output: .string(limit: DevFigures.outputLimit), error: .string(limit: DevFigures.outputLimit))
    let isWrongRace = isRace && result.terminationStatus == .exited(1) && result.standardError.isEmpty
    guard result.terminationStatus.isSuccess || isWrongRace else {
      throw Refusal("\(place): '\(command)' failed: \(result.standardError)", .checksFailed)
    }
    return Figures.lines(of: result.standardOutput)
  }
}
