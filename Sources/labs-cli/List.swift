import ArgumentParser
import Foundation
import Grader

/// `labs-cli list`: the labs, and how far one has come.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the labs, and how far you have come.")

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let shelf = try LabShelf(root)
    let progress = try ProgressFile.load()
    if json { return try printJSON(shelf, progress) }
    let slug = max(8, shelf.manifests.map(\.slug.count).max() ?? 0)
    var lines = shelf.manifests.map { lab in
      let entry = progress.labs[lab.slug] ?? ProgressFile.Entry()
      let state = state(of: lab, entry, StudentWork(root, lab))
      let level = String(repeating: "*", count: lab.difficulty).padding(toLength: 5, withPad: " ", startingAt: 0)
      let name = lab.slug.padding(toLength: slug, withPad: " ", startingAt: 0)
      let area = lab.area.padding(toLength: 12, withPad: " ", startingAt: 0)
      return "\(name)  \(area) \(level)  \(state.padding(toLength: 14, withPad: " ", startingAt: 0)) \(lab.title)"
    }
    lines += ["", "labs-cli start <lab> begins one; labs-cli read 0 is the place to begin reading."]
    Terminal.print(lines)
  }

  private func state(of lab: LabManifest, _ entry: ProgressFile.Entry, _ work: StudentWork) -> String {
    if entry.isDone { return "done" }
    if entry.tests > 0 { return "\(entry.passed.count)/\(entry.checks) checks" }
    return work.exists ? "started" : "-"
  }

  private struct Row: Encodable {
    let slug: String
    let title: String
    let area: String
    let section: String
    let difficulty: Int
    let hours: Double
    let passed: Int
    let checks: Int
  }

  private struct Document: Encodable {
    let schema = "kernel-by-hand.list/1"
    let labs: [Row]
  }

  private func printJSON(_ shelf: LabShelf, _ progress: ProgressFile) throws {
    let rows = shelf.manifests.map { lab in
      let entry = progress.labs[lab.slug]
      return Row(
        slug: lab.slug, title: lab.title, area: lab.area, section: lab.section, difficulty: lab.difficulty,
        hours: lab.hours, passed: entry?.passed.count ?? 0, checks: entry?.checks ?? 0)
    }
    try Terminal.print(json: Document(labs: rows))
  }
}
