import ArgumentParser
import Desk
import Grader

/// `labs-cli reset`: begins a lab again, and keeps what was there; or lists what is there.
struct Reset: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a lab again; your version is kept, and --restore brings it back.",
    discussion: "With --list, change nothing: list what is in the work folder, and which versions are kept.")

  @Argument(help: "The lab.", completion: .custom { _, _, _ in labNames() })
  var lab: String?

  @Flag(help: "Bring back the last version that was kept.")
  var restore = false

  @Flag(help: "List what is in the work folder, for one lab or for all.")
  var list = false

  @Flag(help: "Print one JSON document; with --list.")
  var json = false

  @OptionGroup
  var book: BookOption

  func validate() throws {
    guard list || lab != nil else {
      throw ValidationError("Name the lab to begin again; labs-cli reset --list shows which you have begun.")
    }
    guard !list || !restore else { throw ValidationError("--list changes nothing, --restore does: choose one.") }
    guard list || !json else { throw ValidationError("--json needs --list.") }
  }

  func run() throws {
    let root = try book.root()
    let shelf = try LabShelf(root)
    let manifest = try lab.map(shelf.lab)
    if list {
      let inventory = try Inventory(root, shelf, only: manifest)
      return json ? try Terminal.print(json: inventory) : Terminal.print(inventory.lines)
    }
    guard let manifest else { return }
    let work = StudentWork(root, manifest)
    let kept = KeptVersions(manifest)
    Terminal.print(restore ? try bringBack(work, kept) : try beginAgain(work, kept))
  }

  /// Replaces the current version, which is kept first, with the last one that was kept.
  private func bringBack(_ work: StudentWork, _ kept: KeptVersions) throws -> [String] {
    let present = work.exists ? try TextFile.read(work.file) : nil
    guard let newest = try kept.newest(otherThan: present) else {
      let other = present == nil ? "" : " that differs from the current one"
      throw Refusal("no earlier version of \(work.slug) was kept\(other)", .missingInput)
    }
    let text = try TextFile.read(newest)
    let copy = work.exists ? try kept.keep(work.file) : nil
    try work.begin()
    try TextFile.write(text, to: work.file)
    return keptAs(copy) + ["\(work.shortFile) is now the version that was kept as", "  \(newest)"]
  }

  private func beginAgain(_ work: StudentWork, _ kept: KeptVersions) throws -> [String] {
    let copy = work.exists ? try kept.keep(work.file) : nil
    try work.begin()
    let now = "\(work.shortFile) is as it was handed out."
    if copy != nil { return keptAs(copy) + [now + " labs-cli reset \(work.slug) --restore undoes this."] }
    guard let newest = try kept.newest() else { return [now] }
    return [
      now, "Your earlier version was kept: labs-cli reset \(work.slug) --restore brings it back.", "  \(newest)",
    ]
  }

  private func keptAs(_ copy: String?) -> [String] { copy.map { ["Your version is kept as", "  \($0)"] } ?? [] }
}
