/// Writes a value as one line of words: `allocate 3 0 free 0`.
///
/// Inputs and outputs of labs are mostly numbers, thousands in a suite, and each travels to the sandbox or back once.
/// What a reader knows anyway is not written: the names of properties. What a reader does not know is written: the name
/// of an enumeration's case, and a bracket where a list ends. A text begins with an apostrophe; nil is a minus sign.
///
/// It handles the code that the compiler writes for `Codable` types. A dictionary is refused: it has no order, so equal
/// values could be written differently.
/// - Complexity: linear in the length of the line.
public struct WireEncoder {
  /// An encoder.
  public init() {}

  /// Returns a text as it stands in a line, without the apostrophe in front of it.
  public static func escaped(_ text: String) -> [UInt8] {
    let writer = WireWriter()
    writer.append(escaped: text)
    return writer.bytes
  }

  /// Returns the line of a value.
  ///
  /// - Throws: `EncodingError` if the value contains a dictionary, or a type that is coded by inheritance.
  public func encode(_ value: some Encodable) throws -> [UInt8] {
    let writer = WireWriter()
    try writer.write(value)
    return writer.bytes
  }
}

/// The line that is being written.
final class WireWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether the current value is a list, whose end is still to be written.
  var isList = false

  func write<Value: Encodable>(_ value: Value) throws {
    // Most words are in lists of numbers, which need no encoder for each of them.
    if Value.self == [Int].self, let numbers = value as? [Int] { return write(numbers: numbers) }
    let outer = isList
    isList = false
    try value.encode(to: WireValueEncoder(writer: self))
    if isList { write(word: "]") }
    isList = outer
  }

  func write(word: StaticString) {
    separate()
    word.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  func write(name: String) {
    separate()
    bytes.append(contentsOf: name.utf8)
  }

  func write(number: some BinaryInteger) { write(name: String(number)) }

  func write(number: Int) {
    separate()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private func write(numbers: [Int]) {
    write(word: "[")
    for number in numbers { write(number: number) }
    write(word: "]")
  }

  func write(text: String) {
    separate()
    bytes.append(UInt8(ascii: "'"))
    append(escaped: text)
  }

  func append(escaped text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): bytes.append(UInt8(ascii: "_"))
      case UInt8(ascii: "_"), UInt8(ascii: "%"), 0...31, 127:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(hexadecimalDigits[Int(byte >> 4)])
        bytes.append(hexadecimalDigits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
  }

  private func separate() {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
  }
}

private let hexadecimalDigits = Array("0123456789abcdef".utf8)

/// The encoder of one value of the line.
private struct WireValueEncoder: Encoder {
  let writer: WireWriter
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(WireKeyedEncoding<Key>(writer: writer))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.write(word: "[")
    writer.isList = true
    return WireListEncoding(writer: writer)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { WireListEncoding(writer: writer) }
}

/// The properties of a structure, one after the other; or the case of an enumeration, and its payload.
private struct WireKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: WireWriter
  var codingPath: [any CodingKey] { [] }

  /// Refuses keys without an order: those of a dictionary are texts; those of a type are known at compile time.
  private func mustBeOrdered() throws {
    guard MemoryLayout<Key>.size > 1 else { return }
    throw EncodingError.invalidValue(
      Key.self, EncodingError.Context(codingPath: [], debugDescription: "a dictionary has no order"))
  }

  func encodeNil(forKey key: Key) { writer.write(word: "-") }
  func encode(_ value: Bool, forKey key: Key) throws {
    try mustBeOrdered()
    writer.write(number: value ? 1 : 0)
  }
  func encode(_ value: Int, forKey key: Key) throws {
    try mustBeOrdered()
    writer.write(number: value)
  }
  func encode(_ value: String, forKey key: Key) throws {
    try mustBeOrdered()
    writer.write(text: value)
  }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try mustBeOrdered()
    try writer.write(value)
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws { try encodeOptional(value, key) }

  private func encodeOptional<Value: Encodable>(_ value: Value?, _ key: Key) throws {
    try mustBeOrdered()
    if let value { try writer.write(value) } else { encodeNil(forKey: key) }
  }

  /// Writes the payload of an enumeration's case.
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    writer.write(name: key.stringValue)
    return KeyedEncodingContainer(WireKeyedEncoding<Nested>(writer: writer))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("the line has no lists within a container")
  }
  func superEncoder() -> any Encoder { WireValueEncoder(writer: writer) }
  func superEncoder(forKey key: Key) -> any Encoder { WireValueEncoder(writer: writer) }
}

/// The elements of a list, or a single value.
private struct WireListEncoding: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let writer: WireWriter
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(writer: WireWriter) { self.writer = writer }

  func encodeNil() { writer.write(word: "-") }
  func encode(_ value: Bool) { writer.write(number: value ? 1 : 0) }
  func encode(_ value: String) { writer.write(text: value) }
  func encode(_ value: Int) { writer.write(number: value) }
  func encode(_ value: Int8) { writer.write(number: value) }
  func encode(_ value: Int16) { writer.write(number: value) }
  func encode(_ value: Int32) { writer.write(number: value) }
  func encode(_ value: Int64) { writer.write(number: value) }
  func encode(_ value: UInt) { writer.write(number: value) }
  func encode(_ value: UInt8) { writer.write(number: value) }
  func encode(_ value: UInt16) { writer.write(number: value) }
  func encode(_ value: UInt32) { writer.write(number: value) }
  func encode(_ value: UInt64) { writer.write(number: value) }
  func encode(_ value: Double) { writer.write(number: value.bitPattern) }
  func encode(_ value: Float) { writer.write(number: value.bitPattern) }
  func encode(_ value: some Encodable) throws { try writer.write(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(WireKeyedEncoding<Nested>(writer: writer))
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("the line has no lists within a container")
  }
  func superEncoder() -> any Encoder { WireValueEncoder(writer: writer) }
}
