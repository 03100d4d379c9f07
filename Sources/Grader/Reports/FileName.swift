/// File names made from names that users have chosen.
enum FileName {
  /// The maximum length of a name in bytes; file systems allow 255, and an extension follows it.
  private static let maximum = 200
  private static let kept = 100
  private static let digits = 16

  /// A name that is a single path component and differs for different names: letters, digits, `-`, `_` and `%`.
  static func safe(_ name: String) -> String {
    let safe = name.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        ? String(scalar) : "%" + String(Int(byte) + 256, radix: 16, uppercase: true).dropFirst()
    }.joined()
    guard safe.utf8.count > maximum else { return safe }
    return safe.prefix(kept) + "-" + ContentHash.of([Array(name.utf8)]).prefix(digits)
  }
}
