/// A JSON document of the plainest kind: objects, lists, whole numbers, and strings without escapes.
package enum PlainJSON: Equatable {
  /// Values by their names.
  case object([String: PlainJSON])
  /// Values in order.
  case list([PlainJSON])
  /// A string.
  case text(String)
  /// A whole number, not negative.
  case number(Int)

  /// The deepest nesting of objects and lists that is read.
  private static let deepest = 8

  /// Reads a document; nil if it is not JSON, or not of this kind.
  package init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    guard let value = PlainJSON.value(&rest, depth: 0), PlainJSON.next(in: &rest) == nil else { return nil }
    self = value
  }

  private static func value(_ rest: inout ArraySlice<UInt8>, depth: Int) -> PlainJSON? {
    guard depth < deepest, let first = next(in: &rest) else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(&rest, depth: depth + 1)
    case UInt8(ascii: "["): return list(&rest, depth: depth + 1)
    case UInt8(ascii: "\""): return text(&rest).map(PlainJSON.text)
    default: return number(&rest).map(PlainJSON.number)
    }
  }

  private static func object(_ rest: inout ArraySlice<UInt8>, depth: Int) -> PlainJSON? {
    var members: [String: PlainJSON] = [:]
    let isWhole = elements(&rest, until: UInt8(ascii: "}")) { rest in
      guard next(in: &rest) == UInt8(ascii: "\""), let name = text(&rest), members[name] == nil,
        take(UInt8(ascii: ":"), from: &rest), let value = value(&rest, depth: depth)
      else { return false }
      members[name] = value
      return true
    }
    return isWhole ? .object(members) : nil
  }

  private static func list(_ rest: inout ArraySlice<UInt8>, depth: Int) -> PlainJSON? {
    var values: [PlainJSON] = []
    let isWhole = elements(&rest, until: UInt8(ascii: "]")) { rest in
      guard let value = value(&rest, depth: depth) else { return false }
      values.append(value)
      return true
    }
    return isWhole ? .list(values) : nil
  }

  /// Reads from an opening bracket to the closing one, with commas between the elements.
  private static func elements(
    _ rest: inout ArraySlice<UInt8>, until close: UInt8, _ element: (inout ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    rest.removeFirst()
    if take(close, from: &rest) { return true }
    repeat {
      guard element(&rest) else { return false }
    } while take(UInt8(ascii: ","), from: &rest)
    return take(close, from: &rest)
  }

  private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    let body = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
    rest = rest[body.endIndex...]
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    return String(validating: body, as: UTF8.self)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    rest = rest[digits.endIndex...]
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private static func take(_ byte: UInt8, from rest: inout ArraySlice<UInt8>) -> Bool {
    guard next(in: &rest) == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// The next byte that is not a blank, which stays where it is.
  private static func next(in rest: inout ArraySlice<UInt8>) -> UInt8? {
    rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) && $0 != 0x0B && $0 != 0x0C }
    return rest.first
  }
}

extension PlainJSON {
  /// The value of an object's member; nil if this is not an object.
  subscript(name: String) -> PlainJSON? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// The value as a number; nil if it is not one.
  var number: Int? {
    if case .number(let number) = self { number } else { nil }
  }
}
