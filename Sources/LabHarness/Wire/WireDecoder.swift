/// Reads the lines that ``WireEncoder`` writes, and refuses all others.
///
/// It is strict where that costs nothing; encoding the value again shows whether a line is exactly what the encoder
/// would have written.
/// - Complexity: linear in the length of the line.
public struct WireDecoder {
  /// A decoder.
  public init() {}

  /// Returns the value of a line.
  ///
  /// - Throws: `DecodingError` if the line is not that of a `Value`, or continues after it.
  public func decode<Value: Decodable>(_ type: Value.Type, from line: [UInt8]) throws -> Value {
    let reader = WireReader(line)
    let value = try reader.read(type)
    guard reader.isAtEnd else { throw reader.error("the line goes on after its end") }
    return value
  }
}

/// The line that is being read.
final class WireReader {
  private let bytes: [UInt8]
  private var next = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { next == bytes.count }
  /// Whether the current list has no more elements.
  var isAtBracket: Bool { isNext(UInt8(ascii: "]")) }

  /// Whether the next word is this one sign.
  private func isNext(_ sign: UInt8) -> Bool {
    guard next < bytes.count, bytes[next] == sign else { return false }
    return next + 1 == bytes.count || bytes[next + 1] == blank
  }

  func error(_ what: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: "\(what), byte \(next)"))
  }

  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    // Most words are in lists of numbers, which need no decoder for each of them.
    if type == [Int].self, let numbers = try numbers() as? Value { return numbers }
    let value = try Value(from: WireValueDecoder(reader: self))
    return value
  }

  /// Returns the next word without taking it.
  func peek() -> ArraySlice<UInt8> {
    var end = next
    while end < bytes.count, bytes[end] != blank { end += 1 }
    return bytes[next..<end]
  }

  /// Takes the next word.
  @discardableResult
  func word() throws -> ArraySlice<UInt8> {
    let word = peek()
    try pass(to: word.endIndex)
    return word
  }

  /// Takes the next word, which ends at `end`.
  private func pass(to end: Int) throws {
    guard end > next else { throw error("a word is missing") }
    next = end
    if next < bytes.count {
      next += 1
      guard next < bytes.count else { throw error("the line ends in a blank") }
    }
  }

  func take(_ expected: StaticString) throws {
    let word = try word()
    let isIt = expected.withUTF8Buffer { word.elementsEqual($0) }
    guard isIt else { throw error("there is no \(expected)") }
  }

  func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    let isNegative = next < bytes.count && bytes[next] == UInt8(ascii: "-")
    let start = isNegative ? next + 1 : next
    var (number, end): (Number, Int) = (0, start)
    while end < bytes.count, bytes[end] != blank {
      let digit = bytes[end] &- UInt8(ascii: "0")
      guard digit <= 9 else { throw error("there is no number") }
      let value = Number(truncatingIfNeeded: digit)
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) =
        isNegative ? product.subtractingReportingOverflow(value) : product.addingReportingOverflow(value)
      guard !isTooLarge, !isStillTooLarge else { throw error("a number is too large") }
      number = sum
      end += 1
    }
    guard end > start else { throw error("there is no number") }
    try pass(to: end)
    return number
  }

  /// Takes a list of numbers.
  private func numbers() throws -> [Int] {
    try take("[")
    var numbers: [Int] = []
    while !isAtBracket { numbers.append(try number(Int.self)) }
    try word()
    return numbers
  }

  func bool() throws -> Bool {
    switch try number(Int.self) {
    case 0: return false
    case 1: return true
    default: throw error("there is no yes or no")
    }
  }

  func text() throws -> String {
    let word = try word()
    guard word.first == UInt8(ascii: "'") else { throw error("there is no text") }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(word.count)
    var rest = word.dropFirst()
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "_"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
          throw error("there is no byte after a %")
        }
        decoded.append(high << 4 | low)
      default: decoded.append(byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Takes the sign of a missing value, if that comes next.
  func takesNil() -> Bool {
    guard isNext(UInt8(ascii: "-")) else { return false }
    next = bytes.index(next, offsetBy: next + 1 < bytes.count ? 2 : 1)
    return true
  }
}

private let blank = UInt8(ascii: " ")

private func hexadecimal(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}

/// The decoder of one value of the line.
private struct WireValueDecoder: Decoder {
  let reader: WireReader
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(WireKeyedDecoding<Key>(reader: reader))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try reader.take("[")
    return try WireListDecoding(reader: reader)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { WireSingleDecoding(reader: reader) }
}

/// The properties of a structure, one after the other; or the case of an enumeration, and its payload.
private struct WireKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: WireReader
  var codingPath: [any CodingKey] { [] }

  /// The case of an enumeration, which is the next word; none if that is not the name of one.
  var allKeys: [Key] { Key(stringValue: String(decoding: reader.peek(), as: UTF8.self)).map { [$0] } ?? [] }
  func contains(_ key: Key) -> Bool { true }

  func decodeNil(forKey key: Key) -> Bool { reader.takesNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try reader.bool() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try reader.number(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try reader.text() }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try reader.read(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    let name = try reader.word()
    guard name.elementsEqual(key.stringValue.utf8) else { throw reader.error("there is no \(key.stringValue)") }
    return KeyedDecodingContainer(WireKeyedDecoding<Nested>(reader: reader))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw reader.error("the line has no lists within a container")
  }
  func superDecoder() -> any Decoder { WireValueDecoder(reader: reader) }
  func superDecoder(forKey key: Key) -> any Decoder { WireValueDecoder(reader: reader) }
}

/// A single value.
private struct WireSingleDecoding: SingleValueDecodingContainer {
  let reader: WireReader
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { reader.takesNil() }
  func decode(_ type: Bool.Type) throws -> Bool { try reader.bool() }
  func decode(_ type: String.Type) throws -> String { try reader.text() }
  func decode(_ type: Int.Type) throws -> Int { try reader.number(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try reader.number(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try reader.number(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try reader.number(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try reader.number(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try reader.number(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try reader.number(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try reader.number(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try reader.number(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try reader.number(type) }
  func decode(_ type: Double.Type) throws -> Double { Double(bitPattern: try reader.number(UInt64.self)) }
  func decode(_ type: Float.Type) throws -> Float { Float(bitPattern: try reader.number(UInt32.self)) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try reader.read(type) }
}

/// The elements of a list, to its bracket.
private struct WireListDecoding: UnkeyedDecodingContainer {
  let reader: WireReader
  private(set) var currentIndex = 0
  /// Whether the bracket has been read.
  private(set) var isAtEnd = false
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }

  init(reader: WireReader) throws {
    self.reader = reader
    try takeBracket()
  }

  private mutating func takeBracket() throws {
    guard reader.isAtBracket else { return }
    try reader.word()
    isAtEnd = true
  }

  private mutating func element<Element>(_ read: (WireReader) throws -> Element) throws -> Element {
    guard !isAtEnd else { throw reader.error("an element of a list is missing") }
    let element = try read(reader)
    currentIndex += 1
    try takeBracket()
    return element
  }

  mutating func decodeNil() throws -> Bool {
    guard reader.takesNil() else { return false }
    currentIndex += 1
    try takeBracket()
    return true
  }
  mutating func decode(_ type: Bool.Type) throws -> Bool { try element { try $0.bool() } }
  mutating func decode(_ type: String.Type) throws -> String { try element { try $0.text() } }
  mutating func decode(_ type: Int.Type) throws -> Int { try element { try $0.number(type) } }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try element { try $0.read(type) } }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    throw reader.error("the line has no containers within a list")
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw reader.error("the line has no lists within a container")
  }
  mutating func superDecoder() throws -> any Decoder { throw reader.error("nothing is inherited") }
}
