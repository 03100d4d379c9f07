import Interleave

extension Litmus {
  /// What is built from the others: plain memory behind atomics, and failed updates.
  static let idioms = doubleCheckedLocking + rcu + failedUpdates

  private static let doubleCheckedLocking = [
    // A race is a race under every model: what the orderings promise is the same in all.
    Litmus(
      name: "double-checked locking, broken", shows: "r0 r1", question: "race", sequential: "11 race", forbidden: nil,
      body: makesOnce(look: .relaxed, publish: .relaxed)
    ),
    Litmus(
      name: "double-checked locking, fixed", shows: "r0 r1", question: "race", sequential: "11",
      forbidden: .releaseAcquire, body: makesOnce(look: .acquiring, publish: .releasing)
    ),
  ]

  /// Two CPUs want an object that only one of them must make: x says whether it is there, y is the lock.
  private static func makesOnce(
    look: LoadOrdering, publish: StoreOrdering
  ) -> @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void {
    { s, x, y, _ in
      let made = SharedCell(0)
      for name in ["r0", "r1"] {
        s.cpu {
          if x.load(ordering: look) == 0 {
            while y.exchange(1, ordering: .acquiring) == 1 { y.spin(until: { $0 == 0 }, ordering: .relaxed) }
            if x.load(ordering: .relaxed) == 0 {
              made.write(made.read() + 1)
              x.store(1, ordering: publish)
            }
            y.store(0, ordering: .releasing)
          }
          observe(name, made.read())
        }
      }
    }
  }

  private static let rcu = [
    Litmus(
      name: "RCU+sync+free", shows: "r0", question: "use-after-free", sequential: "0 1", forbidden: .releaseAcquire,
      body: readsWhileOneIsFreed(fullFence)
    ),
    // Ours: a reader that does not order its announcement before its reading. Nothing orders its use of the object and
    // the free, so that is a race.
    Litmus(
      name: "RCU+sync+free, reader without mb", shows: "r0", question: "race", sequential: "0 1",
      totalStoreOrder: "race", forbidden: .sequential,
      body: readsWhileOneIsFreed {}
    ),
  ]

  /// x says which of two cells is the current one, y that a reader is reading.
  private static func readsWhileOneIsFreed(
    _ readLock: @escaping @Sendable () -> Void
  ) -> @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void {
    { s, x, y, _ in
      let versions = [SharedCell(0), SharedCell(1)]
      s.cpu {
        y.put(1)
        readLock()
        observe("r0", versions[x.load(ordering: .acquiring)].read())
        y.put(0, .releasing)
      }
      s.cpu {
        x.put(1, .releasing)
        fullFence()
        y.spin(until: { $0 == 0 }, ordering: .acquiring)
        versions[0].free()
      }
    }
  }

  private static let failedUpdates = [
    Litmus(
      name: "cmpxchg-fail-ordered", shows: "r0 r1", question: "00", sequential: "01 10 11",
      forbidden: .releaseAcquire, body: failsToUpdate(fullFence)
    ),
    // If memory is as strong as on x86, so is the failed update.
    Litmus(
      name: "cmpxchg-fail-unordered", shows: "r0 r1", question: "00", sequential: "01 10 11", releaseAcquire: "00",
      forbidden: .totalStoreOrder, body: failsToUpdate {}
    ),
  ]

  /// Store buffering with an update of a third location in between that does not find the value it expects.
  private static func failsToUpdate(
    _ after: @escaping @Sendable () -> Void
  ) -> @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void {
    { s, x, y, z in
      for (mine, other, name) in [(x, y, "r0"), (y, x, "r1")] {
        s.cpu {
          mine.put(1)
          z.compareExchange(expected: 1, desired: 0, ordering: .sequentiallyConsistent)
          after()
          other.look(name)
        }
      }
    }
  }
}
