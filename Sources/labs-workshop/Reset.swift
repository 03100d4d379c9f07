import ArgumentParser
import Desk
import Grader

/// `labs-cli reset`: begins a lab anew, and keeps what was there.
struct Reset: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a lab anew; your version is kept, and --restore brings it back.")

  @Argument(help: "The lab.", completion: .custom { _, _, _ in labNames() })
  var lab: String

  @Flag(help: "Bring back the version that was kept last.")
  var restore = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let manifest = try LabShelf(root).lab(lab)
    let work = StudentWork(root, manifest)
    let kept = KeptVersions(manifest)
    let newest = try kept.newest()
    let copy = work.exists ? try kept.keep(work.file) : nil
    try work.begin()
    var lines = copy.map { ["Your version is kept as", "  \($0)"] } ?? []
    if restore {
      guard let newest else { throw Refusal("no earlier version of \(lab) was kept", .missingInput) }
      try TextFile.write(try TextFile.read(newest), to: work.file)
      lines += ["\(work.shortFile) is again what was kept as", "  \(newest)"]
    } else {
      lines.append("\(work.shortFile) is as it was handed out. labs-cli reset \(lab) --restore undoes this.")
    }
    Terminal.print(lines)
  }
}
