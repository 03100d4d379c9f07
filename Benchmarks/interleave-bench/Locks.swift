import Interleave
import Reference

/// A lock as the benchmark uses it: on a CPU of some number.
struct Lock {
  var lock: (_ cpu: Int) -> Void
  var unlock: (_ cpu: Int) -> Void
}

/// The locks that are measured.
enum LockKind: String, CaseIterable {
  case ticket, ticketLoop, mcs, testAndSet

  /// CPUs that each count once under such a lock; without one, the harness alone.
  func scenario(cpus: Int, withLock: Bool = true) -> Scenario.SetUp {
    { scenario in
      let lock = scenario.subject(withLock ? self : nil) { kind, _ in kind.make(cpus: cpus) }
      let (count, section) = (SharedCell(0), CriticalSection())
      for cpu in 0..<cpus {
        scenario.cpu {
          lock.call("lock()") { $0.lock(cpu) }
          section.enter()
          count.write(count.read() + 1)
          section.leave()
          lock.call("unlock()") { $0.unlock(cpu) }
        }
      }
    }
  }

  private func make(cpus: Int) -> Lock {
    switch self {
    case .ticket: ticketLock(loops: false)
    case .ticketLoop: ticketLock(loops: true)
    case .mcs: mcsLock(cpus: cpus)
    case .testAndSet: testAndSetLock()
    }
  }
}

/// The reference lock, or the same with a loop written by hand.
private func ticketLock(loops: Bool) -> Lock {
  guard loops else {
    let lock = Reference.ticketLock.init()
    return Lock(lock: { _ in lock.lock() }, unlock: { _ in lock.unlock() })
  }
  let (drawn, served) = (Atomic(0), Atomic(0))
  return Lock(
    lock: { _ in
      let mine = drawn.fetchAdd(1, ordering: .relaxed)
      while served.load(ordering: .acquiring) != mine { cpuRelax() }
    },
    unlock: { _ in served.fetchAdd(1, ordering: .releasing) })
}

/// - Source: Mellor-Crummey and Scott, Algorithms for scalable synchronization on shared-memory multiprocessors, ACM
///   TOCS 9(1), 1991, doi:10.1145/103727.103729.
private func mcsLock(cpus: Int) -> Lock {
  // A node's number is its CPU's plus one; 0 means none.
  let tail = Atomic(0)
  let next = (0..<cpus).map { _ in Atomic(0) }
  let isWaiting = (0..<cpus).map { _ in Atomic(0) }
  return Lock(
    lock: { cpu in
      isWaiting[cpu].store(1, ordering: .relaxed)
      let before = tail.exchange(cpu + 1, ordering: .acquiringAndReleasing)
      guard before != 0 else { return }
      next[before - 1].store(cpu + 1, ordering: .releasing)
      isWaiting[cpu].spin(until: { $0 == 0 }, ordering: .acquiring)
    },
    unlock: { cpu in
      if next[cpu].load(ordering: .relaxed) == 0 {
        if tail.compareExchange(expected: cpu + 1, desired: 0, ordering: .releasing).exchanged { return }
      }
      let follower = next[cpu].spin(until: { $0 != 0 }, ordering: .acquiring)
      isWaiting[follower - 1].store(0, ordering: .releasing)
    })
}

private func testAndSetLock() -> Lock {
  let word = Atomic(0)
  return Lock(
    lock: { _ in
      while word.exchange(1, ordering: .acquiring) == 1 { word.spin(until: { $0 == 0 }, ordering: .relaxed) }
    },
    unlock: { _ in word.store(0, ordering: .releasing) })
}
