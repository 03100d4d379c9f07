import Judging
import LabKernel
import Testing

struct ShrinkingTests {
  @Test func `runs are left out from long to short`() {
    #expect([1, 2, 3, 4].withoutRuns() == [[3, 4], [1, 2], [2, 3, 4], [1, 3, 4], [1, 2, 4], [1, 2, 3]])
    #expect([1].withoutRuns() == [[]])
    #expect([Int]().withoutRuns().isEmpty)
  }

  @Test func `elements are replaced one at a time`() {
    #expect([2, 0, 1].simplifyingEach { $0 > 0 ? [$0 - 1] : [] } == [[1, 0, 1], [2, 0, 0]])
  }

  @Test(arguments: [(9, 0, [0, 4, 8]), (2, 0, [0, 1]), (1, 0, [0]), (0, 0, []), (5, 4, [4]), (-3, 0, [])])
  func `smaller numbers are offered, each once`(number: Int, least: Int, smaller: [Int]) {
    #expect(number.smaller(downTo: least) == smaller)
  }

  @Test func `a shuffled array has the same elements`() {
    var random = RandomSource(seed: 3)
    let shuffled = random.shuffled(Array(0..<50))
    #expect(shuffled != Array(0..<50))
    #expect(shuffled.sorted() == Array(0..<50))
  }
}
