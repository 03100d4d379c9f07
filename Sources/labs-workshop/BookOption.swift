import ArgumentParser
import Desk

/// The option `--book` of all commands that are about a book.
struct BookOption: ParsableArguments {
  /// What was named, if anything.
  @Option(help: ArgumentHelp("The folder of the book.", valueName: "dir"))
  var book: String?

  /// The folder of the book.
  func root() throws -> BookRoot { try BookRoot.find(book) }

  /// The folder of the book; nil where none was named, and there is none.
  func rootIfAny() throws -> BookRoot? {
    do throws(Refusal) {
      return try BookRoot.find(book)
    } catch {
      guard book == nil else { throw error }
      return nil
    }
  }
}
