import Interleave
import Testing

/// A component that knows which scene it is in, and one that does not.
struct ConductTests {
  private struct Lock {
    let taken = Atomic(0)
    let other = Atomic(0)
    let isQuick: Bool

    func lock() {
      if isQuick { return other.store(1, ordering: .relaxed) }
      while taken.exchange(1, ordering: .acquiring) == 1 { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
    }

    func unlock() { taken.store(0, ordering: .releasing) }
  }

  private func scene(cpus: Int, rounds: Int, before: Int = 0, isQuick: Bool = false) -> Unfolding {
    unfold([Plan(.releaseAcquire)]) { scenario in
      let harness = (0..<before).map { Atomic($0) }
      let lock = scenario.subject(isQuick) { isQuick, _ in Lock(isQuick: isQuick) }
      for number in 0..<cpus {
        scenario.cpu {
          for word in harness { word.store(number, ordering: .relaxed) }
          for _ in 0..<rounds {
            lock.call("lock()") { $0.lock() }
            lock.call("unlock()") { $0.unlock() }
          }
        }
      }
    }
  }

  @Test func `a component that does the same everywhere contradicts itself nowhere`() {
    var conduct = Conduct()
    let scenes = [scene(cpus: 1, rounds: 2), scene(cpus: 3, rounds: 1), scene(cpus: 2, rounds: 2, before: 3)]
    for (place, scene) in scenes.enumerated() { conduct.add(scene, at: place, knowsCPUs: false) }
    #expect(conduct.contradictions.isEmpty)
  }

  @Test func `a component that differs in one scene does so in a call, there and in the scenes compared with it`() {
    var conduct = Conduct()
    conduct.add(scene(cpus: 2, rounds: 1), at: 0, knowsCPUs: false)
    conduct.add(scene(cpus: 1, rounds: 1, isQuick: true), at: 1, knowsCPUs: false)
    #expect(conduct.contradictions == [0: "lock()", 1: "lock()"])
  }

  @Test func `a component that is told the number of CPUs may depend on it`() {
    var conduct = Conduct()
    conduct.add(scene(cpus: 2, rounds: 1), at: 0, knowsCPUs: true)
    conduct.add(scene(cpus: 1, rounds: 1, isQuick: true), at: 1, knowsCPUs: true)
    #expect(conduct.contradictions.isEmpty)
  }
}
