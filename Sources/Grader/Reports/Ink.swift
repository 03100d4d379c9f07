import Judging

/// Colours for a terminal, or none: the text reads the same without them.
package struct Ink: Sendable {
  private let isOn: Bool

  /// Ink that colours text if `isOn`.
  package init(_ isOn: Bool) { self.isOn = isOn }

  /// What a colour says about a text.
  package enum Style: String {
    /// What is right.
    case good = "32"
    /// What is wrong.
    case bad = "31"
    /// What is neither.
    case odd = "33"
    /// What the eye should find first.
    case strong = "1"
    /// What it should pass over.
    case faint = "2"
  }

  /// The text in a style.
  package func callAsFunction(_ style: Style, _ text: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The style of a status.
  package static func style(_ status: Status) -> Style {
    switch status {
    case .passed: .good
    case .notImplemented, .internal, .invalid: .odd
    case .failed, .crashed, .timedOut, .memory, .outputLimit, .nondeterministic, .forbidden, .compileError: .bad
    }
  }
}
