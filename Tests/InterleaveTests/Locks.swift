import Interleave

/// A ticket lock: each CPU takes a number and waits until it is called.
struct TicketLock {
  /// The next number to take.
  let next = Atomic(0)
  /// The number that is called.
  let owner = Atomic(0)

  /// How a CPU waits.
  enum Waiting: Sendable { case await, loop }

  /// Takes a number and waits for it.
  func lock(_ waiting: Waiting = .await) {
    let ticket = next.fetchAdd(1, ordering: .relaxed)
    switch waiting {
    case .await: owner.spin(until: { $0 == ticket }, ordering: .acquiring)
    case .loop: while owner.load(ordering: .acquiring) != ticket { cpuRelax() }
    }
  }

  /// Calls the next number.
  func unlock(_ ordering: StoreOrdering = .releasing) {
    owner.store(owner.load(ordering: .relaxed) + 1, ordering: ordering)
  }

  /// Returns a scenario of CPUs that each count once, under such a lock.
  static func scenario(
    cpus: Int, waiting: Waiting = .await, unlock: StoreOrdering = .releasing
  ) -> @Sendable (inout Scenario) -> Void {
    { scenario in
      let lock = TicketLock()
      let (count, section) = (SharedCell(0), CriticalSection())
      scenario.names(from: lock)
      scenario.name(count, "count")
      scenario.name(section, "section")
      for _ in 0..<cpus {
        scenario.cpu {
          lock.lock(waiting)
          section.enter()
          count.write(count.read() + 1)
          section.leave()
          lock.unlock(unlock)
        }
      }
    }
  }
}

/// Returns what a plan finds out about a scenario: both halves, one after the other.
func explore(
  _ model: MemoryModel, executions: Int = 50_000, property: @escaping Property = { _ in nil },
  _ setUp: @escaping Scenario.SetUp
) -> Report {
  var plan = Plan(model)
  plan.executions = executions
  return investigate(unfold([plan], property: property, setUp), plan, property: property)
}
