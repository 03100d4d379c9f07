/// The table of contents: the chapters, and what to type for each of their sections and for the sheets of the labs.
package struct Contents: Sendable {
  /// Sections of this level are listed.
  private static let listedLevel = 2
  private static let margin = "     "

  private struct Entry {
    /// A chapter's number; empty for the labs.
    let number: String
    let title: String
    /// What to type, and the title of what it shows.
    let parts: [(reference: String, title: String)]
  }

  private let entries: [Entry]

  /// Reads all chapters of a book; one that cannot be read is listed with the reason.
  package init(of book: Book) {
    entries = book.chapters.map(Contents.entry(of:)) + Contents.labs(of: book)
  }

  private static func entry(of chapter: Book.Chapter) -> Entry {
    let number = String(chapter.number)
    do throws(ReadingError) {
      let document = try chapter.load()
      let sections = document.headings.filter { $0.level == listedLevel }
      return Entry(
        number: number, title: document.title ?? chapter.slug,
        parts: sections.map { ("\(number)#\($0.anchor)", $0.text) })
    } catch {
      return Entry(number: number, title: "\(chapter.slug): \(error.message)", parts: [])
    }
  }

  private static func labs(of book: Book) -> [Entry] {
    do throws(ReadingError) {
      let labs = try book.labs()
      return labs.isEmpty ? [] : [Entry(number: "", title: "Labs", parts: labs.map { ($0.reference, $0.title) })]
    } catch {
      return [Entry(number: "", title: "Labs: \(error.message)", parts: [])]
    }
  }

  /// One paragraph per chapter, one line per section; then the labs.
  package func lines(width: Int, theme: Theme = .standard) -> [Line] {
    if entries.isEmpty { return [Line([Span("There are no chapters here.")], source: 1)] }
    var lines: [Line] = []
    for entry in entries {
      if !lines.isEmpty { lines.append(Line([], source: 1)) }
      let number = entry.number
      let marker = Span(String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number + "  ", theme.faint)
      lines += hang(marker, Span(entry.title, theme.strong), width: width)
      lines += parts(of: entry, width: width, theme: theme)
    }
    return lines
  }

  private func parts(of entry: Entry, width: Int, theme: Theme) -> [Line] {
    let most = width / 2 - Contents.margin.count
    let references = entry.parts.map { Span($0.reference, theme.code) }
    let widths = references.map { DisplayWidth.of($0.text) }
    let column = widths.filter { $0 <= most }.max() ?? 2
    return entry.parts.indices.flatMap { index in
      let title = Span(entry.parts[index].title)
      if widths[index] <= column {
        let gap = Span(String(repeating: " ", count: column - widths[index] + 2))
        return hang(Span(Contents.margin), references[index], gap, title, width: width)
      }
      let gap = Span(Contents.margin + String(repeating: " ", count: column + 2))
      return [Line([Span(Contents.margin), references[index]], source: 1)] + hang(gap, title, width: width)
    }
  }

  /// A title after a prefix, with its further lines under its first.
  private func hang(_ prefix: Span..., width: Int) -> [Line] {
    let title = prefix[prefix.count - 1]
    let before = Array(prefix.dropLast())
    let indent = before.reduce(0) { $0 + DisplayWidth.of($1.text) }
    return Wrapper.wrap([title], width: width - indent).enumerated().map { index, spans in
      Line(index == 0 ? before + spans : [Span(String(repeating: " ", count: indent))] + spans, source: 1)
    }
  }
}
