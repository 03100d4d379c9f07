/// How text looks: a colour and what is done to the letters.
package struct Style: Hashable, Sendable {
  /// The colour, or nil for the terminal's own.
  package var colour: Colour?
  /// What is done to the letters.
  package var traits: Traits

  /// A style.
  package init(_ colour: Colour? = nil, _ traits: Traits = []) {
    self.colour = colour
    self.traits = traits
  }

  /// Text as it is.
  package static let plain = Style()

  /// What is done to letters, in any combination.
  package struct Traits: OptionSet, Hashable, Sendable {
    /// The bits; bit n stands for the SGR parameter n + 1.
    package let rawValue: UInt8
    /// Traits from their bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Heavier.
    package static let bold = Traits(rawValue: 1)
    /// Fainter.
    package static let dim = Traits(rawValue: 2)
    /// Slanted.
    package static let italic = Traits(rawValue: 4)
    /// With a line below.
    package static let underline = Traits(rawValue: 8)
  }

  /// This style with another one inside it, whose colour wins.
  func with(_ inner: Style) -> Style { Style(inner.colour ?? colour, traits.union(inner.traits)) }
}

/// The colours that every terminal has, and that its user has chosen to be readable.
package enum Colour: UInt8, Sendable {
  /// Red.
  case red = 31
  /// Green.
  case green = 32
  /// Yellow.
  case yellow = 33
  /// Blue.
  case blue = 34
  /// Magenta.
  case magenta = 35
  /// Cyan.
  case cyan = 36
}

/// The style of each thing on a page.
package struct Theme: Sendable {
  /// Headings, from level 1 on; deeper ones look like the last.
  var headings = [Style(.magenta, .bold), Style(.blue, .bold), Style(nil, .bold)]
  /// *Emphasis*.
  var emphasis = Style(nil, .italic)
  /// **Strong** emphasis.
  var strong = Style(nil, .bold)
  /// Code between words.
  var code = Style(.cyan)
  /// The words of a link.
  var link = Style(.blue, .underline)
  /// What is there for the structure: rules, bars, bullets, addresses, tags.
  var faint = Style(nil, .dim)
  /// The bar and the label of an alert.
  var alerts: [Alert: Style] = [
    .note: Style(.blue, .bold), .tip: Style(.green, .bold), .important: Style(.magenta, .bold),
    .warning: Style(.yellow, .bold), .caution: Style(.red, .bold),
  ]
  /// The parts of code.
  var tokens: [Token: Style] = [
    .keyword: Style(.magenta), .type: Style(.cyan), .string: Style(.green), .number: Style(.yellow),
    .comment: Style(nil, .dim), .attribute: Style(.yellow), .key: Style(.blue), .prompt: Style(.green, .bold),
    .command: Style(nil, .bold),
  ]

  /// The theme of the sixteen colours: it needs to know nothing of the terminal.
  package static let standard = Theme()
}
