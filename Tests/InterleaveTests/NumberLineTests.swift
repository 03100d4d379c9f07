import Foundation
import Interleave
import Testing

struct NumberLineTests {
  @Test func `numbers come back as they were written`() throws {
    var line = NumberLine()
    line.write(3, 0, -1)
    line.write(list: [7, .max, .min])
    let text = try JSONEncoder().encode(line)
    #expect(String(decoding: text, as: UTF8.self) == "\"3 0 -1 3 7 \(Int.max) \(Int.min)\"")
    var copy = try JSONDecoder().decode(NumberLine.self, from: text)
    #expect([try copy.read(), try copy.read(), try copy.read()] == [3, 0, -1])
    #expect(try copy.readList() == [7, .max, .min])
    #expect(copy.isAtEnd)
  }

  @Test(arguments: ["\"1 x\"", "\"1  2\"", "\" 1\"", "\"1 \"", "\"99999999999999999999\"", "[1]", "1"])
  func `text that is not a line of numbers is rejected`(text: String) {
    #expect(throws: (any Error).self) { try JSONDecoder().decode(NumberLine.self, from: Data(text.utf8)) }
  }

  @Test(arguments: ["\"\"", "\"4 1 2 3\"", "\"-1\"", "\"\(Int.max) 1\""])
  func `a list that ends too soon is rejected`(text: String) throws {
    var line = try JSONDecoder().decode(NumberLine.self, from: Data(text.utf8))
    #expect(throws: NumberLineError.tooShort) { try line.readList() }
  }
}
