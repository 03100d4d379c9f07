import ArgumentParser
import Desk
import Reader

/// `labs-cli read`: the book, in the terminal.
struct Read: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Read a chapter, a section or the task of a lab; without one, list them.",
    discussion: """
      Name a chapter by its number, name or file: 2, scheduling, 02-scheduling. Name a section after a hash, \
      2#real-time, or on its own: real-time. The task of a lab is labs/buddy; if no section has that name, buddy is \
      enough. On a terminal, $LABS_PAGER, $PAGER or 'less -FIR' shows the text.
      """)

  /// What to read.
  @Argument(help: ArgumentHelp("The chapter, section or lab.", valueName: "chapter[#section]|labs/lab"))
  var reference: String?

  /// The width of the page.
  @Option(help: ArgumentHelp("Columns per line; by default, those of the terminal, up to 80.", valueName: "columns"))
  var width: Int?

  /// When to use colour.
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  /// The folder of the book.
  @OptionGroup
  var book: BookOption

  /// Refuses widths that make no page.
  func validate() throws {
    if let width, width < ReadPage.narrowest {
      throw ValidationError("--width must be at least \(ReadPage.narrowest).")
    }
  }

  /// Finds the place, lays it out and shows it.
  func run() throws {
    let root = try book.root()
    do {
      try Pager.show(ReadPage(reference, of: root, width: width, color: color).bytes)
    } catch let error as ReadingError {
      throw Refusal(error.message, .missingInput)
    }
  }
}
