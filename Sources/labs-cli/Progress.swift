import ArgumentParser
import Grader

/// `labs-cli progress`: the whole book in one line, and what comes next.
struct Progress: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show how far you have come, and what comes next.")

  @OptionGroup
  var book: BookOption

  func run() throws {
    let shelf = try LabShelf(book.root())
    let progress = try ProgressFile.load()
    let done = shelf.manifests.filter { progress.labs[$0.slug]?.isDone ?? false }
    let width = 40
    let filled = shelf.manifests.isEmpty ? 0 : done.count * width / shelf.manifests.count
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    var lines = ["Progress: [\(bar)] \(done.count)/\(shelf.manifests.count) labs"]
    for lab in shelf.manifests {
      guard let entry = progress.labs[lab.slug], entry.tests > 0 else { continue }
      lines.append("  \(lab.slug.padding(to: 16)) \(entry.passed.count) of \(entry.checks) visible checks pass")
    }
    if let next = shelf.manifests.first(where: { !(progress.labs[$0.slug]?.isDone ?? false) }) {
      lines.append("Next: \(next.slug), \(next.title): labs-cli start \(next.slug)")
    } else {
      lines.append("All labs are done, as far as one can see from here: the grader has checks of its own.")
    }
    Terminal.print(lines)
  }
}
