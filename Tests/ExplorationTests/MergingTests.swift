import Exploration
import LabKernel
import Testing

/// Whether merging states and leaving out orders changes what is found: compared with following every order to its end.
@Suite struct MergingTests {
  /// How many states the search without merging may have.
  private static let enough = 40_000

  /// Random programs for a few tasks, with few enough places at which they can be interrupted.
  private func draw(_ seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    let count = random.draw(2...3)
    return (0..<count).map { _ in
      var lines = (0..<random.draw(1...(count == 2 ? 4 : 2))).flatMap { piece($0, &random) }
      if random.oneIn(4) { lines.append("exit \(random.draw(0...2))") }
      return lines.joined(separator: "\n")
    }
  }

  private func piece(_ number: Int, _ random: inout RandomSource) -> [String] {
    let (x, m) = (random.pick(["x", "y"]), random.pick(["m", "n"]))
    switch random.draw(0...13) {
    case 0, 1: return ["load r1 [\(x)]", "add r1 1", "store r1 [\(x)]"]
    case 2: return ["load r1 [\(x)]", "print r1"]
    case 3: return ["store \(random.draw(0...2)) [\(x)]"]
    case 4: return ["lock \(m)"]
    case 5: return ["lock \(m)", "unlock \(m)"]
    case 6: return ["unlock \(m)"]
    case 7: return ["fork", "if r0 == 0 goto child\(number)", "exit 1", "child\(number): print \"c\""]
    case 8: return ["fork", "wait", "print r0"]
    case 9: return ["pipe r4 r5", "write r5 1", "close r5", "read r4 1", "print r0"]
    case 10: return ["choose r3 2", "print r3"]
    case 11: return ["load r1 [\(x)]", "assert r1 < 2 \"small\""]
    case 12: return ["sleep 1ms", "print \"s\""]
    default: return ["trylock \(m)", "print r0"]
    }
  }

  @Test(arguments: 1...200)
  func `with merging and without, the census is the same`(seed: Int) throws {
    var draws = 0
    while true {
      let sources = draw(UInt64(seed + 1000 * draws))
      let brute = try Census.of(sources) {
        ($0.merges, $0.reduces, $0.states) = (false, false, MergingTests.enough)
        $0.variables = ["x", "y"]
      }
      draws += 1
      if brute.bound != nil { continue }
      let merged = try Census.of(sources) { $0.variables = ["x", "y"] }
      let unreduced = try Census.of(sources) {
        $0.variables = ["x", "y"]
        $0.reduces = false
      }
      #expect(merged.lines == brute.lines, "\(sources)")
      #expect(unreduced.lines == brute.lines, "\(sources)")
      #expect(Set(merged.failures.map(\.text)) == Set(brute.failures.map(\.text)), "\(sources)")
      #expect(merged.states <= unreduced.states && unreduced.states <= brute.states)
      let steps = Dictionary(uniqueKeysWithValues: zip(brute.lines, brute.lines.indices))
      #expect(steps.count == brute.outcomeCount)
      return
    }
  }
}
