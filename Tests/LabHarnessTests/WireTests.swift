import LabHarness
import Testing

private struct Row: Codable, Equatable {
  var id: Int
  var name: String
  var parent: Int?
  var flags: [Bool]
  var inner: Inner?
  var small: UInt8
}

private enum Inner: Codable, Equatable {
  case nothing
  case one(Int)
  case two(first: String, rest: [Inner])
}

private enum Word: String, Codable {
  case yes, no
}

@Suite struct WireTests {
  private static let rows = [
    Row(id: .min, name: "", parent: nil, flags: [], inner: nil, small: 0),
    Row(
      id: .max, name: "a b_c%d\n\u{7f}é'", parent: -1, flags: [true, false],
      inner: .two(first: " ", rest: [.nothing, .one(7), .two(first: "]", rest: [])]), small: 255),
  ]

  private func line(_ value: some Encodable) throws -> String {
    String(decoding: try WireEncoder().encode(value), as: UTF8.self)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ line: String) throws -> Value {
    try WireDecoder().decode(type, from: Array(line.utf8))
  }

  @Test func `what is written can be read`() throws {
    #expect(try decode([Row].self, line(Self.rows)) == Self.rows)
    #expect(try decode([Int?].self, line([1, nil, -2])) == [1, nil, -2])
    #expect(try decode([Int].self, line([.min, -10, 0, 10, .max])) == [.min, -10, 0, 10, .max])
    #expect(try decode([[Word]].self, line([[Word.yes], [], [.no, .yes]])) == [[.yes], [], [.no, .yes]])
  }

  @Test func `a line has words, and no names except those of cases`() throws {
    #expect(try line(Self.rows[0]) == "-9223372036854775808 ' - [ ] - 0")
    #expect(
      try line(Self.rows[1])
        == "9223372036854775807 'a_b%5fc%25d%0a%7fé' -1 [ 1 0 ] two '_ [ nothing one 7 two '] [ ] ] 255")
    #expect(try line(Word.no) == "'no")
    #expect(try line([[Int]]([[], [.min, 0, 90]])) == "[ [ ] [ -9223372036854775808 0 90 ] ]")
  }

  @Test(arguments: [
    "", " ", "1 ", " 1", "1 2", "x", "-", "--1", "+1", "1.0", "9223372036854775808", "-9223372036854775809", "[", "'1",
  ])
  func `a word that is not a number is refused`(line: String) {
    #expect(throws: DecodingError.self) { try decode(Int.self, line) }
  }

  @Test(arguments: ["[ 1", "[ 1 ] ]", "1 ]", "[ ] 1", "[ - 1 ]", "[ 1 'a ]", "[1 ]"])
  func `a line that is not a list is refused`(line: String) {
    #expect(throws: DecodingError.self) { try decode([Int].self, line) }
  }

  @Test(arguments: ["'a%", "'a%5", "'a%5g", "'a%5F", "a"])
  func `a word that is not a text is refused`(line: String) {
    #expect(throws: DecodingError.self) { try decode(String.self, line) }
  }

  @Test(arguments: ["none", "one", "one x", "two 1 [ ]", "two 'a [ four ]"])
  func `a word that is not a case is refused`(line: String) {
    #expect(throws: DecodingError.self) { try decode(Inner.self, line) }
  }

  @Test func `a dictionary has no order and is refused`() {
    #expect(throws: EncodingError.self) { try line(["a": 1]) }
  }
}
