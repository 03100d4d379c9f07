import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli doctor`: what this machine offers, and what to do if something is missing.
struct Doctor: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Check whether this machine can build and grade, and say what is missing.")

  /// The version of this program.
  private static let version = "0.1"

  /// Whether to print a document.
  @Flag(help: "Print one JSON document.")
  var json = false

  /// When to use colour.
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  /// Checks everything; fails if grading is not possible.
  func run() async throws {
    let checkup = await Checkup()
    let text = json ? try document(checkup) : table(checkup)
    Terminal.output(Array(text.utf8))
    if !checkup.canGrade { throw ExitCode(ExitStatus.configuration.rawValue) }
  }

  private func table(_ checkup: Checkup) -> String {
    let ink = Ink(color.enabled(for: STDOUT_FILENO))
    let lines = checkup.items.map { item in
      let mark = item.isGood ? ink(.good, "✔") : ink(.bad, "✘")
      return "\(mark) \(item.name)\(String(repeating: " ", count: max(1, 15 - item.name.count)))\(item.finding)\n"
    }
    let verdict = checkup.canGrade ? "This machine can grade." : "This machine cannot grade."
    return "labs-cli \(Self.version)\n" + lines.joined() + verdict + "\n"
  }

  private func document(_ checkup: Checkup) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(version: Self.version, canGrade: checkup.canGrade, items: checkup.items)
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private struct Document: Encodable {
    var schema = "kernel-by-hand.doctor/1"
    var version: String
    var canGrade: Bool
    var items: [Checkup.Item]
  }
}
