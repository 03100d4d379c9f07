/// Lays a document out in lines of a width.
///
/// No line is wider, except for a word that cannot be broken, and for code, which is shown as it was written.
package struct Layout: Sendable {
  /// The columns of the page.
  package let width: Int
  /// How things look.
  let theme: Theme

  /// The least width that containers leave for text: below it, bars and bullets give way.
  private static let narrowest = 12

  /// The margin before code, if it does not make the lines too long.
  private static let codeMargin = Span("  ")

  /// A page.
  package init(width: Int, theme: Theme = .standard) {
    self.width = width
    self.theme = theme
  }

  /// The lines of a whole document.
  package func lines(of document: Document) -> [Line] {
    stack(document.blocksWithFootnotes, width: width)
  }

  /// The lines of a place; below a section that was found by a name that a lab also has, what to type for its sheet.
  package func lines(of place: Place) -> [Line] {
    let lines = lines(of: place.document)
    guard let lab = place.namesake, let last = lines.last?.source else { return lines }
    let note: [Inline] = [.text("The lab of this name: "), .code("labs-cli read \(lab.reference)")]
    return lines + [Line([], source: last)] + text(note, style: theme.faint, width: width, source: last)
  }

  /// Blocks one below the other, with a blank line between them unless they are tight.
  private func stack(_ blocks: [Block], width: Int, isTight: Bool = false) -> [Line] {
    var lines: [Line] = []
    for block in blocks {
      let next = self.lines(of: block, width: width)
      if next.isEmpty { continue }
      if !lines.isEmpty && !isTight { lines.append(Line([], source: block.line)) }
      lines += next
    }
    return lines
  }

  private func lines(of block: Block, width: Int) -> [Line] {
    switch block.content {
    case .paragraph(let inlines): return text(inlines, width: width, source: block.line)
    case .heading(let level, let inlines): return heading(level, inlines, width: width, source: block.line)
    case .list(let list): return lines(of: list, width: width, source: block.line)
    case .quote(let blocks):
      let bar = Span("│ ", theme.faint)
      return nest(bar, bar, width: width) { stack(blocks, width: $0) }
    case .alert(let alert, let blocks): return self.alert(alert, blocks, width: width, source: block.line)
    case .code(let info, let text): return code(info, text, width: width, source: block.line)
    case .html(let text): return html(text, source: block.line)
    case .rule: return [Line([Span(String(repeating: "─", count: width), theme.faint)], source: block.line)]
    case .table(let table): return lines(of: table, width: width, source: block.line)
    case .footnotes(let notes): return footnotes(notes, width: width, source: block.line)
    }
  }

  /// Running text, wrapped.
  func text(_ inlines: [Inline], style: Style = .plain, width: Int, source: Int) -> [Line] {
    Flattener.segments(of: inlines, style: style, theme: theme).flatMap { segment in
      Wrapper.wrap(segment, width: width).map { Line($0, source: source) }
    }
  }

  private func heading(_ level: Int, _ inlines: [Inline], width: Int, source: Int) -> [Line] {
    let style = theme.headings[min(level, theme.headings.count) - 1]
    if level > 2 {
      let mark = Span(String(repeating: "#", count: level) + " ", theme.faint)
      return nest(mark, blank(mark), width: width) { text(inlines, style: style, width: $0, source: source) }
    }
    let lines = text(inlines, style: style, width: width, source: source)
    let longest = lines.reduce(0) { max($0, $1.width) }
    return lines + [Line([Span(String(repeating: level == 1 ? "═" : "─", count: longest), style)], source: source)]
  }

  private func alert(_ alert: Alert, _ blocks: [Block], width: Int, source: Int) -> [Line] {
    let style = theme.alerts[alert] ?? .plain
    let bar = Span("│ ", style)
    return nest(bar, bar, width: width) {
      [Line([Span(alert.rawValue, style)], source: source)] + stack(blocks, width: $0)
    }
  }

  private func lines(of list: List, width: Int, source: Int) -> [Line] {
    let last = (list.start ?? 0) + list.items.count - 1
    let digits = String(last).utf8.count
    var lines: [Line] = []
    for (index, item) in list.items.enumerated() {
      let marker = marker(of: item, number: list.start.map { $0 + index }, digits: digits, delimiter: list.delimiter)
      var next = nest(marker, blank(marker), width: width) { stack(item.blocks, width: $0, isTight: list.isTight) }
      if next.isEmpty { next = [Line([marker], source: lines.last?.source ?? source)] }
      if !lines.isEmpty && !list.isTight { lines.append(Line([], source: next[0].source)) }
      lines += next
    }
    return lines
  }

  private func marker(of item: List.Item, number: Int?, digits: Int, delimiter: String) -> Span {
    let box = item.isDone.map { $0 ? "[x] " : "[ ] " }
    guard let number else { return Span(box ?? "• ", theme.faint) }
    let padding = String(repeating: " ", count: max(0, digits - String(number).utf8.count))
    return Span("\(padding)\(number)\(delimiter) \(box ?? "")", theme.faint)
  }

  private func code(_ info: String, _ text: String, width: Int, source: Int) -> [Line] {
    var bytes = expandTabs(text)
    if bytes.last == newline { bytes.removeLast() }
    let code = Highlighter.lines(of: bytes, language: Language.named(info), theme: theme)
    let lines = code.enumerated().map { Line($1, source: source + $0 + 1) }
    let longest = lines.reduce(0) { max($0, $1.width) }
    let fitsOnlyWithoutMargin = longest <= width && longest > width - Layout.codeMargin.text.count
    return fitsOnlyWithoutMargin ? lines : nest(Layout.codeMargin, Layout.codeMargin, width: width) { _ in lines }
  }

  /// Tags are shown faintly, comments not at all.
  private func html(_ text: String, source: Int) -> [Line] {
    var shown = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "<!--") {
      shown += rest[..<open.lowerBound]
      let close = rest[open.upperBound...].firstRange(of: "-->")
      rest = close.map { rest[$0.upperBound...] } ?? ""
    }
    shown += rest
    guard shown.contains(where: { !$0.isWhitespace }) else { return [] }
    let lines = expandTabs(shown).split(separator: newline)
    return lines.map { Line([Span(String(decoding: $0, as: UTF8.self), theme.faint)], source: source) }
  }

  private func footnotes(_ notes: [Footnote], width: Int, source: Int) -> [Line] {
    let digits = String(notes.last?.number ?? 0).utf8.count
    let rule = Line([Span(String(repeating: "─", count: min(width, 10)), theme.faint)], source: source)
    return notes.reduce(into: [rule]) { lines, note in
      let padding = String(repeating: " ", count: digits - String(note.number).utf8.count)
      let marker = Span("\(padding)[\(note.number)] ", theme.faint)
      lines += nest(marker, blank(marker), width: width) { stack(note.blocks, width: $0) }
    }
  }

  /// Puts a prefix before lines: `first` before the first of them, `rest`, as wide, before the others.
  private func nest(_ first: Span, _ rest: Span, width: Int, _ body: (Int) -> [Line]) -> [Line] {
    let inner = width - DisplayWidth.of(first.text)
    guard inner >= Layout.narrowest else { return body(width) }
    return body(inner).enumerated().map { $1.behind([$0 == 0 ? first : rest]) }
  }

  private func blank(_ span: Span) -> Span {
    Span(String(repeating: " ", count: DisplayWidth.of(span.text)))
  }
}

/// Text with blanks up to each multiple of eight columns instead of tabs, and with bare line ends.
private func expandTabs(_ text: String) -> [UInt8] {
  let isPlain = text.withBytes { bytes in !bytes.contains { $0 == tab || $0 == carriageReturn } }
  if isPlain { return Array(text.utf8) }
  var bytes: [UInt8] = []
  var column = 0
  for byte in text.utf8 {
    switch byte {
    case tab:
      let count = 8 - column % 8
      bytes.append(contentsOf: repeatElement(space, count: count))
      column += count
    case newline:
      if bytes.last == carriageReturn { bytes.removeLast() }
      bytes.append(byte)
      column = 0
    default:
      bytes.append(byte)
      if byte & 0xC0 != 0x80 { column += 1 }
    }
  }
  return bytes
}
