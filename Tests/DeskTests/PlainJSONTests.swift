import Desk
import Testing

@Suite struct PlainJSONTests {
  private func read(_ text: String) -> PlainJSON? { PlainJSON(Array(text.utf8)) }

  @Test func `objects, lists, numbers and strings are read, with blanks between them`() {
    #expect(read("0") == .number(0))
    #expect(read(" 40 \n") == .number(40))
    #expect(read(#""ä b""#) == .text("ä b"))
    #expect(read("[]") == .list([]))
    #expect(read("{ }") == .object([:]))
    #expect(read("[ 1,\n\"a\",\t[] ]") == .list([.number(1), .text("a"), .list([])]))
    #expect(read(#"{"a" : {"b": [1]}, "": 2}"#) == .object(["a": .object(["b": .list([.number(1)])]), "": .number(2)]))
  }

  @Test(arguments: [
    "", " ", "nul", "null", "true", "-1", "01", "1.5", "1e3", "99999999999999999999", "1 2", "1]", "[", "[1", "[1,",
    "[1,]",
    "[,1]", "[1 2]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, "{a:1}", "{1:1}",
    #"{"a":1,"a":2}"#, #"""#, #""a"#, #""a\n""#, #""a\u0041""#, "\"a\nb\"", "[1}", "[[[[[[[[[[]]]]]]]]]]", "\u{FEFF}1",
  ])
  func `nothing else is read`(text: String) {
    #expect(read(text) == nil)
  }

  @Test func `bytes that are not UTF-8 are not read`() {
    #expect(PlainJSON([0x22, 0xC3, 0x22]) == nil)
    #expect(PlainJSON([0x22, 0xFF, 0x22]) == nil)
  }

  @Test func `no prefix of a document is read as a document`() {
    let document = Array(#"{"labs":{"buddy":{"checks":6,"passed":["a","b"]}},"schema":"x/1"}"#.utf8)
    #expect(PlainJSON(document) != nil)
    #expect((0..<document.count).allSatisfy { PlainJSON(Array(document[..<$0])) == nil })
  }
}
