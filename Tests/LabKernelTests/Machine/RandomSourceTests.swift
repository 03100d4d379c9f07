import LabKernel
import Testing

@Suite struct RandomSourceTests {
  @Test(
    arguments: [
      (0, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]),
      (1_234_567, [0x599E_D017_FB08_FC85, 0x2C73_F084_5854_0FA5, 0x883E_BCE5_A3F2_7C77]),
    ] as [(UInt64, [UInt64])])
  func `the numbers are those of SplitMix64, forever`(seed: UInt64, expected: [UInt64]) {
    var random = RandomSource(seed: seed)
    #expect((0..<3).map { _ in random.next() } == expected)
  }

  @Test func `a die of seed 42 falls as it always did`() {
    var random = RandomSource(seed: 42)
    let throwsOfDie = (0..<20).map { _ in random.draw(1...6) }
    #expect(throwsOfDie == [5, 1, 2, 3, 1, 6, 2, 5, 3, 4, 2, 3, 4, 4, 4, 2, 1, 3, 1, 5])
  }

  @Test(arguments: [-5 ... -5, -3...4, 0...0, Int.min / 2...Int.max / 2])
  func `a draw lies in its range`(range: ClosedRange<Int>) {
    var random = RandomSource(seed: 7)
    let draws = (0..<1000).map { _ in random.draw(range) }
    #expect(draws.allSatisfy(range.contains))
  }

  @Test func `every face of a die falls about as often`() {
    var random = RandomSource(seed: 3)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[random.draw(0...5)] += 1 }
    #expect(counts.allSatisfy { (9700...10_300).contains($0) })
  }

  @Test func `a pick is one of the elements`() {
    var random = RandomSource(seed: 9)
    let picks = Set((0..<100).map { _ in random.pick(["a", "b", "c"]) })
    #expect(picks == ["a", "b", "c"])
  }
}
