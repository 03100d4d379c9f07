/// Strings of an input in short: a beginning, a letter that is repeated, and how many strings are like that.
///
/// ```swift
/// ExecText("ls")                       // "ls"
/// ExecText("A=", filler: 5)            // "A=xxxxx"
/// ExecText("", copies: 1000)           // a thousand empty strings
/// ```
public struct ExecText: Codable, Sendable, Equatable, ExpressibleByStringLiteral {
  /// How it begins: each character, U+0000 to U+00FF, is one byte.
  public var head: String
  /// How many x follow.
  public var filler: Int
  /// How many such strings there are, one after the other.
  public var copies: Int

  /// Strings.
  public init(_ head: String, filler: Int = 0, copies: Int = 1) {
    self.head = head
    self.filler = filler
    self.copies = copies
  }

  /// One string.
  public init(stringLiteral head: String) { self.init(head) }

  /// The bytes of one of the strings.
  public var bytes: [UInt8] {
    head.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      + Array(repeating: UInt8(ascii: "x"), count: min(max(filler, 0), Self.mostFiller))
  }

  /// All of the strings.
  public var strings: [[UInt8]] { Array(repeating: bytes, count: min(max(copies, 0), Self.mostCopies)) }

  /// The longest filler.
  private static let mostFiller = 1 << 23
  /// The largest number of copies.
  private static let mostCopies = 1 << 20
}
