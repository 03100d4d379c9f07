import ArgumentParser
import Desk

/// `labs-cli progress`: the whole book in one line, and what comes next.
struct Progress: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show your progress, and what comes next.")

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    Terminal.print(LabRow.progress(try LabShelf(root).rows(of: root, try ProgressFile.load())))
  }
}
