import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli list`: the labs, and the student's progress.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the labs and your progress.")

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let shelf = try LabShelf(root)
    let progress = try ProgressFile.load()
    if json { return try printJSON(shelf, progress) }
    Terminal.print(LabRow.list(shelf.rows(of: root, progress)))
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
