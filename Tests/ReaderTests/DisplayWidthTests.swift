import Reader
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("中", 2), ("ｗ", 2), ("ﾊ", 1), ("한", 2), ("の", 2), ("、", 2),
    ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("✅", 2), ("✔", 1), ("☎", 1),
    ("│", 1), ("═", 1), ("–", 1), ("…", 1), ("•", 1), ("␠", 1), ("ß", 1), ("Ж", 1), ("א", 1), ("\u{301}", 0),
    ("\u{200B}", 0), ("\u{FFFD}", 1), ("𠀀", 2), ("🫠", 2), ("a中b", 4), ("\u{25FD}", 2),
  ])
  func `a character takes the columns that a terminal gives it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
