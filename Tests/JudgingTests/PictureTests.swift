import Judging
import Testing

struct PictureTests {
  @Test(arguments: [("AABB", "AAAB", 2), ("AA", "AAB", 2), ("AAB", "AA", 2), ("", "A", 0)])
  func `the first difference is marked`(expected: String, actual: String, column: Int) {
    let picture = Picture(expected: expected, actual: actual)
    #expect(picture.mark == Picture.Mark(column: column, note: "first difference"))
    #expect(picture.rows == [Picture.Row("expected", expected), Picture.Row("actual", actual)])
  }

  @Test func `equal rows have no mark`() {
    #expect(Picture(expected: "AB", actual: "AB").mark == nil)
  }

  @Test func `a ruler stands above`() {
    #expect(Picture(ruler: "0   4", expected: "A", actual: "B").rows.first == Picture.Row("", "0   4"))
  }
}
