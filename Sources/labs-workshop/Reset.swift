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
    Terminal.print(restore ? try bringBack(work, kept) : try beginAnew(work, kept))
  }

  /// Puts the version kept last in the place of the present one, which is kept first.
  private func bringBack(_ work: StudentWork, _ kept: KeptVersions) throws -> [String] {
    let present = work.exists ? try TextFile.read(work.file) : nil
    guard let newest = try kept.newest(otherThan: present) else {
      let other = present == nil ? "" : " that differs from the present one"
      throw Refusal("no earlier version of \(lab) was kept\(other)", .missingInput)
    }
    let text = try TextFile.read(newest)
    let copy = work.exists ? try kept.keep(work.file) : nil
    try work.begin()
    try TextFile.write(text, to: work.file)
    return keptAs(copy) + ["\(work.shortFile) is again what was kept as", "  \(newest)"]
  }

  private func beginAnew(_ work: StudentWork, _ kept: KeptVersions) throws -> [String] {
    let copy = work.exists ? try kept.keep(work.file) : nil
    try work.begin()
    let now = "\(work.shortFile) is as it was handed out."
    if copy != nil { return keptAs(copy) + [now + " labs-cli reset \(lab) --restore undoes this."] }
    guard let newest = try kept.newest() else { return [now] }
    return [
      now, "An earlier version of yours was kept: labs-cli reset \(lab) --restore brings it back.", "  \(newest)",
    ]
  }

  private func keptAs(_ copy: String?) -> [String] { copy.map { ["Your version is kept as", "  \($0)"] } ?? [] }
}
