import Interleave
import Testing

/// Locks that keep no CPU out, and hide that in a huge number of executions.
struct NoiseTests {
  /// A lock inside a lock inside a lock, each a load and then a store.
  private struct NestedLocks {
    let words: [Atomic]
    let noise = [Atomic(0), Atomic(0), Atomic(0)]

    init(depth: Int) { words = (0..<depth).map { _ in Atomic(0) } }

    func lock() {
      for word in words {
        word.spin(until: { $0 == 0 }, ordering: .acquiring)
        word.store(1, ordering: .releasing)
      }
    }

    func unlock(noise stores: Int, looks: Int) {
      for word in words.reversed() { word.store(0, ordering: .releasing) }
      for number in 0..<stores { noise[number % 3].store(number + 1, ordering: .releasing) }
      for number in 0..<looks { _ = noise[number % 3].load(ordering: .relaxed) }
    }
  }

  private func scenario(cpus: Int, depth: Int, stores: Int, looks: Int = 0) -> Scenario.SetUp {
    { scenario in
      let lock = scenario.subject(depth) { depth, _ in NestedLocks(depth: depth) }
      let section = CriticalSection()
      for _ in 0..<cpus {
        scenario.cpu {
          lock.call("lock()") { $0.lock() }
          section.enter()
          section.leave()
          lock.call("unlock()") { $0.unlock(noise: stores, looks: looks) }
        }
      }
    }
  }

  static let cases = MemoryModel.allCases.flatMap { model in [1, 2, 3, 4].map { (model, $0) } }

  @Test(arguments: cases)
  func `stores that no code reads hide nothing`(model: MemoryModel, depth: Int) {
    let report = explore(model, executions: 20_000, scenario(cpus: 2, depth: depth, stores: 60))
    #expect(report.counterexample != nil)
  }

  @Test func `a store that no code reads is not a step`() {
    let report = explore(.releaseAcquire) { scenario in
      let words = scenario.subject(0) { _, _ in [Atomic(0), Atomic(0)] }
      for _ in 0..<2 {
        scenario.cpu {
          words.call("store") { words in
            for number in 0..<20 { words[0].store(number, ordering: .releasing) }
          }
        }
      }
    }
    #expect(report.executions == 1)
    #expect(report.isComplete)
  }

  @Test func `a call counts each look that sees something new`() {
    let unfolding = unfold([Plan(.sequential)], scenario(cpus: 2, depth: 2, stores: 5, looks: 4))
    // Two locks released, five stores, and three of four looks: the fourth sees what the first has seen, or not.
    #expect(unfolding.greatestEffort()?.call == "unlock()")
    #expect((10...11).contains(unfolding.greatestEffort()?.operations ?? 0))
  }
}
