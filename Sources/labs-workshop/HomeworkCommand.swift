import ArgumentParser
import Desk
import Homework
import Reader

/// `labs-cli homework`: a question that is computed, and its answer.
struct HomeworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "homework", abstract: "Ask a question about a section, drawn with a seed; --solve answers it.",
    usage: "labs-cli homework [<section>] [--seed <seed>] [--solve]",
    discussion: """
      Schedules, interleavings, blocks of memory, chains of inheritance: each section of the book has a kind of \
      question, and each seed draws another one. The kernel and the explorer know the answers.

        labs-cli homework 2#round-robin --seed 3
        labs-cli homework 2#round-robin --seed 3 --solve
      """)

  @Argument(help: "The section, such as 2#round-robin or round-robin; if none is named, the sections are listed.")
  var section: String?

  @Option(help: "The seed that the question is drawn with; each number draws another question.")
  var seed: UInt64 = 1

  @Flag(help: "Also print the answer, step by step.")
  var solve = false

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup
  var book: BookOption

  /// What `--json` prints.
  private struct Document: Encodable {
    var section: String
    var seed: UInt64
    var question: [String]
    var answer: [String]?
  }

  func run() throws {
    guard let section else { return try list() }
    let reference = try reference(section)
    guard let homework = Homework.draw(reference, seed: seed) else {
      throw Refusal(
        "\(reference) has no homework; these sections have some: \(Homework.sections.joined(separator: ", "))",
        .missingInput)
    }
    if json {
      return try Terminal.print(
        json: Document(
          section: reference, seed: seed, question: homework.question, answer: solve ? homework.answer : nil))
    }
    let command = "labs-cli homework \(reference) --seed"
    let next = solve ? "\(command) \(seed &+ 1) asks another" : "\(command) \(seed) --solve answers it"
    Terminal.print(
      ["Homework \(reference)  seed \(seed)", ""] + homework.question
        + (solve ? ["", "Answer", ""] + homework.answer : []) + ["", next])
  }

  /// Returns the full name of a section; a book is needed only for shorter names.
  private func reference(_ section: String) throws -> String {
    guard !Homework.sections.contains(section) else { return section }
    let root = try book.root()
    do throws(ReadingError) {
      return try Book(chapters: root.chapters, labs: root.labs).resolve(section).reference
    } catch {
      throw Refusal(error.message, .missingInput)
    }
  }

  private func list() throws {
    if json { return try Terminal.print(json: Homework.sections) }
    Terminal.print(
      ["These sections have homework; each seed draws another question:", ""] + Homework.sections.map { "  " + $0 }
        + ["", "labs-cli homework \(Homework.sections[0]) --seed 1"])
  }
}
