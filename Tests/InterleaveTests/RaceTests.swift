import Interleave
import Testing

struct RaceTests {
  private func ending(_ setUp: @escaping Scenario.SetUp) -> Ending? {
    let plan = Plan(.sequential)
    return investigate(unfold([plan], setUp), plan).counterexample?.execution.ending
  }

  @Test func `a releasing store orders what came before it, and not what comes after it`() {
    let scene = { (isLate: Bool) -> Scenario.SetUp in
      { scenario in
        let (cell, flag) = (SharedCell(0), Atomic(0))
        scenario.cpu {
          if !isLate { cell.write(1) }
          flag.store(1, ordering: .releasing)
          if isLate { cell.write(1) }
        }
        scenario.cpu {
          flag.spin(until: { $0 == 1 }, ordering: .acquiring)
          _ = cell.read()
        }
      }
    }
    #expect(ending(scene(false)) == nil)
    #expect(
      ending(scene(true)) == .race(location: 0, cpu: 1, other: 0)
        || ending(scene(true)) == .race(location: 0, cpu: 0, other: 1))
  }

  @Test func `a releasing fence orders what came before it, and not what comes after it`() {
    let scene = { (isLate: Bool) -> Scenario.SetUp in
      { scenario in
        let (cell, flag) = (SharedCell(0), Atomic(0))
        scenario.cpu {
          if !isLate { _ = cell.read() }
          fence(ordering: .releasing)
          if isLate { _ = cell.read() }
          flag.store(1, ordering: .relaxed)
        }
        scenario.cpu {
          flag.spin(until: { $0 == 1 }, ordering: .acquiring)
          cell.write(1)
        }
      }
    }
    #expect(ending(scene(false)) == nil)
    #expect(ending(scene(true)) == .race(location: 0, cpu: 1, other: 0))
  }

  @Test func `an update that releases orders what came before it, and not what comes after it`() {
    #expect(
      ending { scenario in
        let (cell, count) = (SharedCell(0), Atomic(0))
        scenario.cpu {
          count.fetchAdd(1, ordering: .acquiringAndReleasing)
          cell.write(1)
          count.fetchAdd(1, ordering: .relaxed)
        }
        scenario.cpu {
          count.spin(until: { $0 == 2 }, ordering: .acquiring)
          _ = cell.read()
        }
      } == .race(location: 0, cpu: 1, other: 0))
  }
}
