import ArgumentParser
import Desk
import Grader

/// `labs-cli start`: puts the file to write into the student's work folder.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a lab: put the file that you will write into work/<lab>/.")

  @Argument(help: "The lab; labs-cli list shows all of them.", completion: .custom { _, _, _ in labNames() })
  var lab: String

  @Flag(help: "Bring back the last version that was kept, instead of the empty one.")
  var restore = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let manifest = try LabShelf(root).lab(lab)
    let work = StudentWork(root, manifest)
    let kept = try KeptVersions(manifest).newest()
    guard !work.exists else { return Terminal.print(try untouched(work)) }
    guard restore else {
      try work.begin()
      return Terminal.print(welcome(manifest, work, kept: kept))
    }
    guard let kept else {
      throw Refusal("no earlier version of \(lab) was kept: begin it with labs-cli start \(lab)", .missingInput)
    }
    try work.begin()
    try TextFile.write(try TextFile.read(kept), to: work.file)
    Terminal.print(["Brought back \(kept)", "to \(work.shortFile)."])
  }

  private func untouched(_ work: StudentWork) throws -> [String] {
    guard !restore else {
      throw Refusal(
        "\(work.shortFile) exists, and was not replaced: labs-cli reset \(lab) --restore keeps it and brings the "
          + "earlier version back", .usage)
    }
    return [
      "\(work.shortFile) already exists, and stays as it is.", "",
      "  labs-cli test \(lab)     shows what it can do",
      "  labs-cli reset \(lab)    begins again; your version is kept",
    ]
  }

  private func welcome(_ manifest: LabManifest, _ work: StudentWork, kept: String?) -> [String] {
    var lines = ["\(manifest.title): the file to write is", "", "  \(work.shortFile)", ""]
    if let kept {
      lines += [
        "Your earlier version was kept: labs-cli reset \(lab) --restore brings it back.", "  \(kept)", "",
      ]
    }
    let commands = [
      (manifest.readCommand, "the task, and what is judged"),
      ("labs-cli read \(manifest.section)", "the chapter's section"),
      ("labs-cli test \(lab)", "what it can do so far"), ("labs-cli hint \(lab)", "when you are stuck"),
    ]
    let width = commands.map(\.0.count).max() ?? 0
    return lines + commands.map { "  \($0.padding(to: width + 3))\($1)" }
  }
}

/// The slugs of all labs, for completion; none if there is no book.
func labNames() -> [String] {
  do {
    return try LabShelf(BookRoot.find(nil)).manifests.map(\.slug)
  } catch {
    return []
  }
}
