// The bytes that carry the syntax, by name.

/// A tab.
let tab: UInt8 = 0x09
/// The end of a line.
let newline: UInt8 = 0x0A
/// What comes before the end of a line in files of other systems.
let carriageReturn: UInt8 = 0x0D
/// A blank.
let space: UInt8 = 0x20
/// `"`.
let doubleQuote: UInt8 = 0x22
/// `#`.
let hash: UInt8 = 0x23
/// `$`.
let dollar: UInt8 = 0x24
/// `'`.
let singleQuote: UInt8 = 0x27
/// `-`.
let dash: UInt8 = 0x2D
/// `.`.
let dot: UInt8 = 0x2E
/// `/`.
let slash: UInt8 = 0x2F
/// `:`.
let colon: UInt8 = 0x3A
/// `>`.
let greater: UInt8 = 0x3E
/// `@`.
let at: UInt8 = 0x40
/// `[`.
let openBracket: UInt8 = 0x5B
/// `\`.
let backslash: UInt8 = 0x5C
/// `]`.
let closeBracket: UInt8 = 0x5D
/// `^`.
let caret: UInt8 = 0x5E
/// `_`.
let underscore: UInt8 = 0x5F
/// The mark around code.
let backtick: UInt8 = 0x60
/// `|`.
let pipe: UInt8 = 0x7C
/// `~`.
let tilde: UInt8 = 0x7E

extension UInt8 {
  /// Whether it is 0 to 9.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Whether it is A to Z.
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  /// Whether it is a letter of the alphabet, an underscore, or any byte of a character outside ASCII.
  var startsWord: Bool { isUpper || (self >= 0x61 && self <= 0x7A) || self == underscore || self >= 0x80 }
  /// Whether a word can continue with it.
  var continuesWord: Bool { startsWord || isDigit }
}
