import ArgumentParser

/// `labs-cli read`: the book, in the terminal.
struct Read: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(abstract: "Read a chapter, or list them.")

  /// The folder of the book.
  @Option(help: ArgumentHelp("The folder of the book.", valueName: "dir"))
  var book: String?

  /// Finds the book.
  func run() throws {
    let root = try BookRoot.find(book)
    print(root.path)
  }
}
