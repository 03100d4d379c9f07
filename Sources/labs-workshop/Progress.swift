import ArgumentParser
import Desk

/// `labs-cli progress`: the whole book in one line, and what comes next.
struct Progress: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show how far you have come, and what comes next.")

  @Option(help: ArgumentHelp("The folder of the book.", valueName: "dir"))
  var book: String?

  func run() throws {
    let root = try BookRoot.find(book)
    Terminal.print(LabRow.progress(try LabShelf(root).rows(of: root, try ProgressFile.load())))
  }
}
