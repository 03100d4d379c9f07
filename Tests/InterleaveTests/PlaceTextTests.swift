import Interleave
import Testing

struct PlaceTextTests {
  private static let stack = ["Lock.swift:12", "Lock.swift:30", "Use.swift:7", "Use.swift:9", "Use.swift:11"]

  @Test(
    arguments: [
      ("Lock.swift:12", [], "Lock.swift:12"),
      ("Lock.swift:12", [0x1f2c, 0x3a40], "Lock.swift:12@0x1f2c,3a40"),
    ] as [(String, [UInt32], String)])
  func `the addresses of the calls around an operation travel after its place`(
    place: String, addresses: [UInt32], text: String
  ) {
    #expect(PlaceText.call(at: place, addresses) == text)
    #expect(PlaceText.addresses(in: text) == addresses)
  }

  @Test(arguments: ["", "Lock.swift:12", "me@example.org", "Lock.swift:12@1f2c", "Lock.swift:12@0x", "!0xyz"])
  func `a text without addresses has none`(text: String) {
    #expect(PlaceText.addresses(in: text) == [])
  }

  @Test func `an operation keeps its own line, and gets those of at most three callers`() {
    #expect(
      PlaceText.resolved("Lock.swift:12@0x1,2", stack: Self.stack, reason: "no trap") == "Lock.swift:12 < 30 < 7 < 9")
    #expect(PlaceText.resolved("Lock.swift:12@0x1", stack: [], reason: nil) == "Lock.swift:12")
    #expect(PlaceText.resolved("Lock.swift:12", stack: Self.stack, reason: nil) == "Lock.swift:12")
  }

  @Test func `a trap is where it happened, with its reason, or else after the last known line`() {
    #expect(
      PlaceText.resolved("Lock.swift:3!0x1", stack: ["Lock.swift:14"], reason: "arithmetic overflow")
        == "Lock.swift:14 # arithmetic overflow")
    #expect(PlaceText.resolved("Lock.swift:3!0x1", stack: [], reason: nil) == "Lock.swift:3")
    let long = String(repeating: "a", count: 100)
    #expect(PlaceText.resolved("!0x1", stack: ["L:1"], reason: long) == "L:1 # " + String(repeating: "a", count: 60))
  }

  @Test(
    arguments: [
      ("Lock.swift:12", "line 12"), ("Lock.swift:12 < 30", "line 12, called in line 30"),
      ("Lock.swift:14 # arithmetic overflow", "line 14"), ("Lock.swift:12@0x1", "line 12"), ("", nil),
    ] as [(String, String?)])
  func `a place in words`(text: String, words: String?) {
    #expect(PlaceText.words(text) == words)
  }

  @Test func `the reason of a trap comes after its place`() {
    #expect(PlaceText.reason(in: "Lock.swift:14 # arithmetic overflow") == "arithmetic overflow")
    #expect(PlaceText.reason(in: "Lock.swift:14") == nil)
    #expect(PlaceText.place(in: "Lock.swift:14 # arithmetic overflow") == "Lock.swift:14")
  }
}
