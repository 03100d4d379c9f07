/// One block of a document, with the line on which it begins.
package struct Block: Equatable, Sendable {
  /// The line in the file, counted from 1.
  package var line: Int
  /// What it is.
  package var content: Content

  /// The kinds of blocks.
  package indirect enum Content: Equatable, Sendable {
    /// Running text.
    case paragraph([Inline])
    /// A heading of level 1 to 6.
    case heading(level: Int, [Inline])
    /// Bullets, numbers or check boxes.
    case list(List)
    /// Quoted blocks.
    case quote([Block])
    /// A quote with a label.
    case alert(Alert, [Block])
    /// Code as it is written, with the words after the fence.
    case code(info: String, text: String)
    /// HTML as it is written.
    case html(String)
    /// A thematic break.
    case rule
    /// A table.
    case table(Table)
    /// The footnotes, in the order of the first references to them.
    case footnotes([Footnote])
  }
}

/// A list: of bullets where it has no first number.
package struct List: Equatable, Sendable {
  /// The number of the first item, or nil for bullets.
  package var start: Int?
  /// What follows a number: "." or ")".
  package var delimiter: String
  /// Whether there are no blank lines between its items.
  package var isTight: Bool
  /// The items.
  package var items: [Item]

  /// One item of a list.
  package struct Item: Equatable, Sendable {
    /// Whether its box is checked, or nil if it has none.
    package var isDone: Bool?
    /// What it says.
    package var blocks: [Block]
  }
}

/// A table, every row as long as the header.
package struct Table: Equatable, Sendable {
  /// How a column's text is aligned.
  package enum Alignment: Equatable, Sendable {
    /// At the left.
    case left
    /// In the middle.
    case centre
    /// At the right.
    case right
  }

  /// The alignment of each column.
  package var alignments: [Alignment]
  /// The first row.
  package var header: [[Inline]]
  /// The other rows.
  package var rows: [[[Inline]]]
}

/// The five labels of `> [!NOTE]` and its kind.
package enum Alert: String, CaseIterable, Sendable {
  /// Worth knowing.
  case note = "Note"
  /// Helpful.
  case tip = "Tip"
  /// Needed.
  case important = "Important"
  /// Urgent.
  case warning = "Warning"
  /// Dangerous.
  case caution = "Caution"
}

/// A note at the foot of the page.
package struct Footnote: Equatable, Sendable {
  /// The number that the text shows for it.
  package var number: Int
  /// What it says.
  package var blocks: [Block]
}

/// A piece of running text.
package indirect enum Inline: Equatable, Sendable {
  /// Characters.
  case text(String)
  /// `code`.
  case code(String)
  /// An HTML tag or comment.
  case html(String)
  /// The end of a source line.
  case softBreak
  /// The end of a line as the author wants it.
  case lineBreak
  /// *Emphasis*.
  case emphasis([Inline])
  /// **Strong** emphasis.
  case strong([Inline])
  /// A link.
  case link(url: String, [Inline])
  /// A picture, which a terminal shows by its description.
  case image(url: String, [Inline])
  /// The number of a footnote.
  case footnote(Int)
}

extension [Inline] {
  /// The text without its markup.
  package var plainText: String {
    var text = ""
    for inline in self {
      switch inline {
      case .text(let part), .code(let part): text += part
      case .softBreak, .lineBreak: text += " "
      case .emphasis(let children), .strong(let children): text += children.plainText
      case .link(_, let children), .image(_, let children): text += children.plainText
      case .html, .footnote: break
      }
    }
    return text
  }
}
