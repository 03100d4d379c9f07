/// The table of contents: the chapters, and what to type for each of their sections.
package struct Contents: Sendable {
  /// Sections of this level are listed.
  private static let listedLevel = 2
  /// Titles beside their references are not made narrower than this.
  private static let narrowestTitle = 16
  private static let margin = "     "

  private struct Entry {
    let number: Int
    let title: String
    let sections: [Document.Heading]
  }

  private let entries: [Entry]

  /// Reads all chapters of a book.
  ///
  /// - Throws: `ReadingError.unreadable`.
  package init(of book: Book) throws(ReadingError) {
    var entries: [Entry] = []
    for chapter in book.chapters {
      let document = try chapter.load()
      let sections = document.headings.filter { $0.level == Contents.listedLevel }
      entries.append(Entry(number: chapter.number, title: document.title ?? chapter.slug, sections: sections))
    }
    self.entries = entries
  }

  /// A chapter a paragraph, a section a line.
  package func lines(width: Int, theme: Theme = .standard) -> [Line] {
    if entries.isEmpty { return [Line([Span("There are no chapters here.")], source: 1)] }
    var lines: [Line] = []
    for entry in entries {
      if !lines.isEmpty { lines.append(Line([], source: 1)) }
      let number = String(entry.number)
      let marker = Span(String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number + "  ", theme.faint)
      lines += hang(marker, Span(entry.title, theme.strong), width: width)
      lines += sections(of: entry, width: width, theme: theme)
    }
    return lines
  }

  private func sections(of entry: Entry, width: Int, theme: Theme) -> [Line] {
    let references = entry.sections.map { "\(entry.number)#\($0.anchor)" }
    let column = references.reduce(0) { max($0, DisplayWidth.of($1)) } + 2
    let isBeside = width - Contents.margin.count - column >= Contents.narrowestTitle
    return zip(references, entry.sections).flatMap { reference, section in
      let title = Span(section.text)
      guard isBeside else {
        let first = Line([Span(Contents.margin), Span(reference, theme.code)], source: 1)
        return [first] + hang(Span(Contents.margin + "  "), title, width: width)
      }
      let padding = String(repeating: " ", count: column - DisplayWidth.of(reference))
      return hang(Span(Contents.margin), Span(reference, theme.code), Span(padding), title, width: width)
    }
  }

  /// A title behind something, with its further lines under its first.
  private func hang(_ prefix: Span..., width: Int) -> [Line] {
    let title = prefix[prefix.count - 1]
    let before = Array(prefix.dropLast())
    let indent = before.reduce(0) { $0 + DisplayWidth.of($1.text) }
    return Wrapper.wrap([title], width: width - indent).enumerated().map { index, spans in
      Line(index == 0 ? before + spans : [Span(String(repeating: " ", count: indent))] + spans, source: 1)
    }
  }
}
