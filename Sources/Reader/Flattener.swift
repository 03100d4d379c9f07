/// Turns running text into spans, a list for each line that the text itself breaks.
struct Flattener {
  private let theme: Theme
  private var segments: [[Span]] = [[]]

  /// The spans of a text.
  ///
  /// - Parameter style: what the whole text looks like.
  static func segments(of inlines: [Inline], style: Style = .plain, theme: Theme) -> [[Span]] {
    var flattener = Flattener(theme: theme)
    flattener.add(inlines, style, href: nil)
    return flattener.segments
  }

  private init(theme: Theme) {
    self.theme = theme
  }

  private mutating func add(_ inlines: [Inline], _ style: Style, href: String?) {
    for inline in inlines { add(inline, style, href: href) }
  }

  private mutating func add(_ inline: Inline, _ style: Style, href: String?) {
    switch inline {
    case .text(let text): append(text, style, href)
    case .code(let text): addCode(text, style, href)
    case .html(let tag): addTag(tag, style)
    case .softBreak: append(" ", style, href)
    case .lineBreak: segments.append([])
    case .emphasis(let children): add(children, style.with(theme.emphasis), href: href)
    case .strong(let children): add(children, style.with(theme.strong), href: href)
    case .link(let url, let children): addLink(url, children, style)
    case .image(let url, let children):
      append("[image: ", style.with(theme.faint), url)
      add(children, style, href: url)
      append("]", style.with(theme.faint), url)
    case .footnote(let number): append("[\(number)]", style.with(theme.faint), href)
    }
  }

  /// The marks stay, because without colours code could not be told from words.
  private mutating func addCode(_ text: String, _ style: Style, _ href: String?) {
    append("`", style.with(theme.faint), href)
    append(text, style.with(theme.code), href)
    append("`", style.with(theme.faint), href)
  }

  private mutating func addTag(_ tag: String, _ style: Style) {
    if tag.hasPrefix("<!--") { return }
    if ["<br>", "<br/>", "<br />"].contains(tag) { return segments.append([]) }
    append(tag, style.with(theme.faint), nil)
  }

  /// An external address is spelt out, for readers without links; an address inside the book is not.
  private mutating func addLink(_ url: String, _ children: [Inline], _ style: Style) {
    add(children, style.with(theme.link), href: url)
    let isOutside = ["http://", "https://", "mailto:"].contains { url.hasPrefix($0) }
    let text = children.plainText
    guard isOutside, text != url, "mailto:" + text != url else { return }
    append(" (\(url))", style.with(theme.faint), url)
  }

  /// Line ends and tabs that were written as entities are blanks here.
  private mutating func append(_ text: String, _ style: Style, _ href: String?) {
    let hasBlanks = text.withBytes { bytes in bytes.contains { $0 == newline || $0 == tab } }
    let text =
      hasBlanks ? String(decoding: text.utf8.map { $0 == newline || $0 == tab ? space : $0 }, as: UTF8.self) : text
    segments[segments.count - 1].append(Span(text, style, href: href))
  }
}
