import LineEnds

/// A chapter, a section of one, or any other Markdown text, parsed.
package struct Document: Equatable, Sendable {
  /// The blocks, in order.
  package let blocks: [Block]
  /// The headings that can be named, in order.
  package let headings: [Heading]
  let footnotes: [Footnote]

  /// A heading that stands outside lists and quotes.
  package struct Heading: Equatable, Sendable {
    /// 1 to 6.
    package let level: Int
    /// Its text without markup.
    package let text: String
    /// Its name in links, unique in the document.
    package let anchor: String
    /// Its index among the blocks.
    fileprivate let index: Int
  }

  /// Parses the bytes of a file, whatever they are.
  package init(_ markdown: [UInt8]) {
    let source = Source(LineEnds.unified(markdown))
    var tree = CmarkTree(source)
    let blocks = tree.blocks()
    var footnotes: [Footnote] = []
    while footnotes.count < tree.footnoteLabels.count {
      let text = source.footnotes[tree.footnoteLabels[footnotes.count]] ?? []
      footnotes.append(Footnote(number: footnotes.count + 1, blocks: tree.blocks(of: text)))
    }
    self.init(blocks: blocks, footnotes: footnotes)
  }

  /// Reads and parses a file.
  ///
  /// - Throws: `ReadingError.unreadable`.
  init(file path: String) throws(ReadingError) {
    guard let bytes = Folder.contents(of: path) else { throw .unreadable(path) }
    self.init(bytes)
  }

  /// A text of these blocks, with the footnotes that they may refer to.
  init(blocks: [Block], footnotes: [Footnote]) {
    self.blocks = blocks
    self.footnotes = footnotes
    var anchors = Anchors()
    headings = blocks.indices.compactMap { index in
      guard case .heading(let level, let inlines) = blocks[index].content else { return nil }
      let text = inlines.plainText
      return Heading(level: level, text: text, anchor: anchors.next(for: text), index: index)
    }
  }

  /// The text of the first heading, or nil if there is none.
  package var title: String? { headings.first?.text }

  /// A heading and everything up to the next of its level or above, with the footnotes referred to in it.
  package func section(_ heading: Heading) -> Document {
    let end = headings.first { $0.index > heading.index && $0.level <= heading.level }?.index ?? blocks.count
    return Document(blocks: Array(blocks[heading.index..<end]), footnotes: footnotes)
  }

  /// The blocks with a last one for the footnotes that they refer to.
  var blocksWithFootnotes: [Block] {
    var numbers: Set<Int> = []
    for block in blocks { block.collectFootnotes(into: &numbers) }
    let used = footnotes.filter { numbers.contains($0.number) }
    return used.isEmpty ? blocks : blocks + [Block(line: blocks.last?.line ?? 1, content: .footnotes(used))]
  }
}

/// Makes the names of headings, as GitHub does: lower case, no punctuation, hyphens for spaces, and a number
/// after a name that is already taken.
struct Anchors {
  private var given: [String: Int] = [:]

  /// The name of the next heading.
  mutating func next(for heading: String) -> String {
    let name = Anchors.slug(of: heading)
    guard let count = given[name] else {
      given[name] = 0
      return name
    }
    given[name] = count + 1
    return next(for: "\(name)-\(count + 1)")
  }

  /// The name that a text would get if it were the only one.
  static func slug(of text: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar == " " || scalar == "-" {
        slug.append("-")
      } else if scalar.isASCII ? UInt8(scalar.value).continuesWord : scalar.isLetterOrNumber {
        slug.append(scalar)
      }
    }
    return String(slug)
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrNumber: Bool { properties.isAlphabetic || properties.numericType != nil }
}

extension Block {
  fileprivate func collectFootnotes(into numbers: inout Set<Int>) {
    switch content {
    case .paragraph(let inlines), .heading(_, let inlines): inlines.collectFootnotes(into: &numbers)
    case .list(let list):
      for block in list.items.flatMap(\.blocks) { block.collectFootnotes(into: &numbers) }
    case .quote(let blocks), .alert(_, let blocks):
      for block in blocks { block.collectFootnotes(into: &numbers) }
    case .table(let table):
      for cell in table.header + table.rows.flatMap({ $0 }) { cell.collectFootnotes(into: &numbers) }
    case .footnotes(let notes):
      for block in notes.flatMap(\.blocks) { block.collectFootnotes(into: &numbers) }
    case .code, .html, .rule: break
    }
  }
}

extension [Inline] {
  fileprivate func collectFootnotes(into numbers: inout Set<Int>) {
    for inline in self {
      switch inline {
      case .footnote(let number): numbers.insert(number)
      case .emphasis(let children), .strong(let children), .link(_, let children), .image(_, let children):
        children.collectFootnotes(into: &numbers)
      case .text, .code, .html, .softBreak, .lineBreak: break
      }
    }
  }
}
