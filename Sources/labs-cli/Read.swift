import ArgumentParser
import Reader

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// `labs-cli read`: the book, in the terminal.
struct Read: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Read a chapter or a section; without one, list them.",
    discussion: """
      A chapter goes by its number, its name or its file: 2, scheduling, 02-scheduling. A section follows behind a \
      hash: 2#real-time. On a terminal the text goes through $LABS_PAGER, $PAGER or 'less -FIR'.
      """)

  /// Text in lines shorter than this cannot be read.
  private static let narrowest = 20

  /// What to read.
  @Argument(help: ArgumentHelp("The chapter, and the section in it.", valueName: "chapter[#section]"))
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
    if let width, width < Read.narrowest {
      throw ValidationError("--width must be \(Read.narrowest) at least.")
    }
  }

  /// Finds the place, lays it out and shows it.
  func run() throws {
    let root = try book.root()
    do {
      let book = try Book(chapters: root.chapters)
      let lines = try reference.map { try page(of: book, at: $0) } ?? Contents(of: book).lines(width: columns)
      try Pager.show(color.enabled(for: STDOUT_FILENO) ? Writer.ansi(lines) : Writer.plain(lines))
    } catch let error as ReadingError {
      throw Refusal(error.message, .missingInput)
    }
  }

  private func page(of book: Book, at reference: String) throws -> [Line] {
    Layout(width: columns).lines(of: try book.resolve(reference).document)
  }

  private var columns: Int {
    width ?? max(Read.narrowest, min(Terminal.width(of: STDOUT_FILENO), Terminal.standardWidth))
  }
}
