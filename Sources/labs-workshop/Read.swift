import ArgumentParser
import Desk
import Reader

/// `labs-cli read`: the book, in the terminal.
struct Read: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Read a chapter, a section or the task of a lab; without one, list them.",
    discussion: """
      A chapter goes by its number, its name or its file: 2, scheduling, 02-scheduling. A section follows behind a \
      hash, 2#real-time, or goes by its name alone: real-time. The task of a lab is labs/buddy; where no section has \
      that name, buddy is enough. On a terminal the text goes through $LABS_PAGER, $PAGER or 'less -FIR'.
      """)

  /// What to read.
  @Argument(help: ArgumentHelp("The chapter, section or lab.", valueName: "chapter[#section]|labs/lab"))
  var reference: String?

  /// The width of the page.
  @Option(help: ArgumentHelp("Columns of a line; else those of the terminal, up to 80.", valueName: "columns"))
  var width: Int?

  /// When to colour.
  @Option(help: "When to colour.")
  var color = ColorChoice.auto

  /// The folder of the book.
  @OptionGroup
  var book: BookOption

  /// Refuses widths that make no page.
  func validate() throws {
    if let width, width < ReadPage.narrowest {
      throw ValidationError("--width must be \(ReadPage.narrowest) at least.")
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
