/// The table of contents: the chapters, and what to type for each of their sections.
package struct Contents: Sendable {
  /// Sections of this level are listed.
  private static let listedLevel = 2
  private static let margin = "     "

  private struct Entry {
    let number: Int
    let title: String
    let sections: [Document.Heading]
  }

  private let entries: [Entry]

  /// Reads all chapters of a book; one that cannot be read is listed with the reason, and hides no other.
  package init(of book: Book) {
    entries = book.chapters.map { chapter in
      do throws(ReadingError) {
        let document = try chapter.load()
        let sections = document.headings.filter { $0.level == Contents.listedLevel }
        return Entry(number: chapter.number, title: document.title ?? chapter.slug, sections: sections)
      } catch {
        return Entry(number: chapter.number, title: "\(chapter.slug): \(error.message)", sections: [])
      }
    }
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
    let most = width / 2 - Contents.margin.count
    let references = entry.sections.map { Span("\(entry.number)#\($0.anchor)", theme.code) }
    let widths = references.map { DisplayWidth.of($0.text) }
    let column = widths.filter { $0 <= most }.max() ?? 2
    return entry.sections.indices.flatMap { index in
      let title = Span(entry.sections[index].text)
      if widths[index] <= column {
        let gap = Span(String(repeating: " ", count: column - widths[index] + 2))
        return hang(Span(Contents.margin), references[index], gap, title, width: width)
      }
      let gap = Span(Contents.margin + String(repeating: " ", count: column + 2))
      return [Line([Span(Contents.margin), references[index]], source: 1)] + hang(gap, title, width: width)
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
