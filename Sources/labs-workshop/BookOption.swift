import ArgumentParser
import Desk

/// The option `--book` of all commands that are about a book.
struct BookOption: ParsableArguments {
  /// The folder that was named, if any.
  @Option(help: ArgumentHelp("The folder of the book.", valueName: "dir"))
  var book: String?

  /// Finds the folder of the book.
  func root() throws -> BookRoot { try BookRoot.find(book) }

  /// Finds the folder of the book; returns nil if none was named and there is none.
  func rootIfAny() throws -> BookRoot? {
    do throws(Refusal) {
      return try BookRoot.find(book)
    } catch {
      guard book == nil else { throw error }
      return nil
    }
  }
}
