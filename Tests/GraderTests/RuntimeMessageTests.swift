import Grader
import Testing

struct RuntimeMessageTests {
  @Test(arguments: [
    ("A.swift:3: Precondition failed: no", "A.swift:3", "Precondition failed: no"),
    ("hello\nA.swift:3: Fatal error\nCurrent stack trace:\n0  x  0x00 y", "A.swift:3", "Fatal error"),
    ("A.swift:3: Assertion failed: one\ntwo\nCurrent stack trace:\n", "A.swift:3", "Assertion failed: one two"),
    ("Swift/Array.swift:9: Fatal error: Index out of range", "Swift/Array.swift:9", "Fatal error: Index out of range"),
    (
      "Could not cast value of type 'Swift.Int' (0x7f03a4fda698) to 'Swift.String' (0x7f03a4fd7ca0).", "",
      "Could not cast value of type 'Swift.Int' to 'Swift.String'"
    ),
    (
      "Fatal error: Attempted to read an unowned reference but object 0x55567cf17040 was already destroyed", "",
      "Fatal error: Attempted to read an unowned reference but object was already destroyed"
    ),
  ])
  func `the last message is found, and is the same in each run`(_ printed: String, _ position: String, _ text: String) {
    let message = RuntimeMessage(in: printed)
    #expect(message?.position == position)
    #expect(message?.text == text)
  }

  @Test(arguments: ["", "all is well\n", "there was no Fatal errors at all", "A.swift:3: warning"])
  func `text without a message has none`(_ printed: String) { #expect(RuntimeMessage(in: printed) == nil) }

  @Test func `lists of addresses are left out of what was printed`() {
    let printed =
      "one\nA.swift:3: Fatal error: no\nCurrent stack trace:\n0    libswiftCore.so   0x00007f36f515f130 f + 33\ntwo\n"
    #expect(RuntimeMessage.withoutTraces(printed) == "one\nA.swift:3: Fatal error: no\ntwo\n")
  }
}
