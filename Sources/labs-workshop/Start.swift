import ArgumentParser
import Desk
import Grader

/// `labs-cli start`: puts the file to write where the student works.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a lab: put the file that you will write into work/<lab>/.")

  @Argument(help: "The lab; labs-cli list names them.", completion: .custom { _, _, _ in labNames() })
  var lab: String

  @Flag(help: "Bring back the version that was kept last, in place of the empty one.")
  var restore = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let manifest = try LabShelf(root).lab(lab)
    let work = StudentWork(root, manifest)
    guard !work.exists else {
      return Terminal.print([
        "\(work.shortFile) is there already, and stays as it is.", "",
        "  labs-cli test \(lab)     sees what it can do",
        "  labs-cli reset \(lab)    begins anew; your version is kept",
      ])
    }
    try work.begin()
    let kept = try KeptVersions(manifest).newest()
    if restore, let kept {
      try TextFile.write(try TextFile.read(kept), to: work.file)
      return Terminal.print(["Brought back \(kept)", "to \(work.shortFile)."])
    }
    Terminal.print(welcome(manifest, work, kept: kept))
  }

  private func welcome(_ manifest: LabManifest, _ work: StudentWork, kept: String?) -> [String] {
    var lines = ["\(manifest.title): the file to write is", "", "  \(work.shortFile)", ""]
    if let kept {
      lines += [
        "An earlier version of yours was kept: labs-cli reset \(lab) --restore brings it back.", "  \(kept)", "",
      ]
    }
    return lines + [
      "  labs-cli read \(manifest.section)".padding(to: 36) + "the chapter's section",
      "  less labs/\(lab)/README.md".padding(to: 36) + "the task, and what is judged",
      "  labs-cli test \(lab)".padding(to: 36) + "what it can do so far",
      "  labs-cli hint \(lab)".padding(to: 36) + "when you are stuck",
    ]
  }
}

/// The slugs of all labs, for completion; none where there is no book.
func labNames() -> [String] {
  do {
    return try LabShelf(BookRoot.find(nil)).manifests.map(\.slug)
  } catch {
    return []
  }
}
