import Reader

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What `labs-cli read` shows, on standard output.
package struct ReadPage {
  /// The width below which text cannot be read.
  package static let narrowest = 20

  /// The text, as the bytes to write.
  package let bytes: [UInt8]

  /// A chapter, the sheet of a lab, or a section of one of them; the contents of the book if there is no reference.
  ///
  /// - Parameter width: the columns of the page, or nil for those of the terminal, within reason.
  package init(_ reference: String?, of root: BookRoot, width: Int?, color: ColorChoice) throws(ReadingError) {
    let columns = width ?? max(Self.narrowest, min(Terminal.width(of: STDOUT_FILENO), Terminal.standardWidth))
    let book = try Book(chapters: root.chapters, labs: root.labs)
    let lines: [Line]
    if let reference {
      var place = try book.resolve(reference)
      if !root.hasSolutions { place.document = place.document.withoutSolutions }
      lines = Layout(width: columns).lines(of: place)
    } else {
      lines = Contents(of: book).lines(width: columns)
    }
    bytes = color.enabled(for: STDOUT_FILENO) ? Writer.ansi(lines) : Writer.plain(lines)
  }
}
