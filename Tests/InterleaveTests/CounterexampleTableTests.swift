import Interleave
import Testing

/// Three famous bugs, as a student sees them.
///
/// The lines of the code are those of this file; they stand in the tables.
struct CounterexampleTableTests {
  /// The first model under which something is wrong, what is wrong, and the table.
  private func table(property: @escaping Property = { _ in nil }, _ setUp: @escaping Scenario.SetUp) -> String {
    for model in MemoryModel.allCases {
      let plan = Plan(model)
      let unfolding = unfold([plan], property: property, setUp)
      guard let found = investigate(unfolding, plan, property: property).counterexample else { continue }
      let table = CounterexampleTable(found, of: unfolding, under: model)
      return ([model.name + ": " + table.cause] + table.lines).joined(separator: "\n")
    }
    return "nothing is wrong"
  }

  @Test func `a ticket taken by a load and a store`() {
    let text = table { scenario in
      let (next, owner) = (Atomic(0), Atomic(0))
      scenario.name(next, "next")
      scenario.name(owner, "owner")
      for _ in 0..<2 {
        scenario.cpu {
          let ticket = next.load(ordering: .relaxed)
          next.store(ticket + 1, ordering: .relaxed)
          owner.spin(until: { $0 == ticket }, ordering: .acquiring)
          owner.store(ticket + 1, ordering: .releasing)
        }
      }
    }
    #expect(
      text == """
        SC: under SC: CPU 0 waits forever for owner, which stays 1
             CPU 0                    CPU 1           line
          1  reads next: 0                              27
          2                           reads next: 0     27
          3                           next = 1          28
          4                           sees owner = 0    29
          5                           owner = 1         30
          6  next = 1                                   28
        ✘ 7  waits forever for owner                    29
        """)
  }

  @Test func `a seqlock's reader without a read barrier`() {
    let untorn: Property = { outcome in
      let values = outcome.observations.map(\.value)
      return values[0] == values[1] ? nil : "the reader got a = \(values[0]) and b = \(values[1])"
    }
    let text = table(property: untorn) { scenario in
      let (sequence, a, b) = (Atomic(0), Atomic(0), Atomic(0))
      scenario.name(sequence, "sequence")
      scenario.name(a, "a")
      scenario.name(b, "b")
      scenario.cpu {
        sequence.store(1, ordering: .relaxed)
        fence(ordering: .releasing)
        a.store(1, ordering: .relaxed)
        b.store(1, ordering: .relaxed)
        sequence.store(2, ordering: .releasing)
      }
      scenario.cpu {
        while true {
          let before = sequence.spin(until: { $0 & 1 == 0 }, ordering: .acquiring)
          let (first, second) = (a.load(ordering: .relaxed), b.load(ordering: .relaxed))
          guard sequence.load(ordering: .relaxed) == before else { continue }
          observe("a", first)
          return observe("b", second)
        }
      }
    }
    #expect(
      text == """
        RA: under RA: the reader got a = 1 and b = 0; CPU 1 read sequence = 0 although 1 had been stored: CPU 1's load of a \
        (line 68) does not acquire, and no acquiring fence comes after it
             CPU 0          CPU 1                               line
          1  sequence = 1                                         59
          2  release fence                                        60
          3  a = 1                                                61
          4                 sees sequence = 0                     67
          5                 reads a: 1                            68
          6                 reads b: 0                            68
          7                 reads sequence: 0, old: 1 is newer    69
          8                 a: 1                                  70
          9                 b: 0                                  71
         10  b = 1                                                62
        ✘11  sequence = 2                                         63
        """)
  }

  @Test func `a sleeper that checks first and only then sets its state`() {
    let text = table { scenario in
      let (condition, waiting) = (Atomic(0), Atomic(0))
      scenario.name(condition, "condition")
      scenario.name(waiting, "waiting")
      scenario.cpu {
        waiting.store(1, ordering: .relaxed)
        if condition.load(ordering: .acquiring) == 0 {
          setCurrentState(.sleeping)
          park()
        }
      }
      scenario.cpu {
        condition.store(1, ordering: .sequentiallyConsistent)
        if waiting.load(ordering: .sequentiallyConsistent) == 1 { wake(0) }
      }
    }
    #expect(
      text == """
        SC: under SC: CPU 0 sleeps forever: no CPU is left to wake it
             CPU 0               CPU 1             line
          1  waiting = 1                            100
          2  reads condition: 0                     101
          3                      condition = 1      107
          4                      reads waiting: 1   108
          5                      wakes CPU 0        108
          6  says it sleeps                         102
        ✘ 7  sleeps forever                         103
        """)
  }

  @Test func `what is right has no table`() {
    #expect(table(TicketLock.scenario(cpus: 2)) == "nothing is wrong")
  }

  /// A lock that does nothing, with a harness that keeps track of its holders.
  private struct NoLock {
    let word = Atomic(0)
    func lock() -> Int { word.exchange(1, ordering: .relaxed) }
  }

  /// Returns the table of CPUs that acquire the lock a number of times and must hold it alone.
  private func underNoLock(cpus: Int, rounds: Int) -> String {
    table { scenario in
      let lock = scenario.subject(NoLock.self) { _, _ in NoLock() }
      let count = SharedCell(0)
      scenario.name(count, "count")
      for cpu in 0..<cpus {
        scenario.cpu {
          for _ in 0..<rounds {
            let _: Int = lock.call("lock()") { $0.lock() }
            holds(true)
            if cpu < 2 { count.write(1) }
            holds(false)
            lock.call("unlock()") { $0.word.store(0, ordering: .relaxed) }
          }
        }
      }
    }
  }

  @Test func `the holder of an exclusive resource has a column of its own`() {
    #expect(
      underNoLock(cpus: 2, rounds: 1) == """
        SC: under SC: data race: CPU 1 writes count, not ordered after CPU 0's access: CPU 0's store to word \
        does not release, and no releasing fence comes before it
             CPU 0         CPU 1         line  holder
          1  word: 0 -> 1                      0
          2  count = 1                         0
          3  word = 0
          4                word: 0 -> 1        1
        ✘ 5                count = 1           1
        """)
  }

  @Test func `in a long table an uninterrupted call is one row`() {
    let text = table { scenario in
      let lock = scenario.subject(NoLock.self) { _, _ in NoLock() }
      scenario.name(lock, "lock")
      let (done, never) = (Atomic(0), Atomic(0))
      scenario.name(done, "done")
      scenario.name(never, "never")
      scenario.cpu {
        for _ in 0..<10 {
          let _: Int = lock.call("lock()") {
            _ = $0.lock()
            return $0.lock()
          }
        }
        let _: Bool = lock.call("isFree") { _ in false }
        done.store(1, ordering: .relaxed)
        never.spin(until: { $0 == 1 }, ordering: .relaxed)
      }
    }
    #expect(
      text == """
        SC: under SC: CPU 0 waits forever for never, which stays 0
             CPU 0                    line
          1  lock() = 1
          2  lock() = 1
          3  lock() = 1
          4  lock() = 1
          5  lock() = 1
          6  lock() = 1
          7  lock() = 1
          8  lock() = 1
          9  lock() = 1
         10  lock() = 1
         11  isFree = false
         12  done = 1
        ✘13  waits forever for never
        """)
  }

  @Test func `a store whose wait matters has a row for its way to memory, and any other has none`() {
    let stores: Property = {
      $0.observations.allSatisfy { $0.value == 0 } && !$0.observations.isEmpty ? "both saw 0" : nil
    }
    let text = table(property: stores) { scenario in
      let (first, second) = (Atomic(0), Atomic(0))
      scenario.name(first, "first")
      scenario.name(second, "second")
      for (own, other) in [(first, second), (second, first)] {
        scenario.cpu {
          own.store(1, ordering: .relaxed)
          let seen = other.load(ordering: .relaxed)
          own.store(2, ordering: .relaxed)
          observe("seen", seen)
        }
      }
    }
    #expect(
      text == """
        TSO: under TSO: both saw 0; CPU 0 read second (line 219) while its store to first (line 218) still waited in its \
        buffer: only a full fence between the two forbids that
             CPU 0                CPU 1           line  waiting
          1  first = 1                             218  0: first = 1
          2  reads second: 0                       219  0: first = 1
          3  first = 2                             220  0: first = 1,
                                                          first = 2
          4  seen: 0                               221  0: first = 1,
                                                          first = 2
          5                       second = 1       218  0: first = 1,
                                                          first = 2
          6                       reads first: 0   219  0: first = 1,
                                                          first = 2
          7  (memory: first = 1)                        0: first = 2
          8  (memory: first = 2)
          9                       second = 2       220
        ✘10                       seen: 0          221
        """)
  }

  @Test func `what waits in buffers is never cut off`() {
    let noneSeen: Property = { $0.observations.contains { $0.value != 0 } ? nil : "no CPU saw anything" }
    let text = table(property: noneSeen) { scenario in
      let places = (0..<6).map { _ in Atomic(0) }
      for (number, place) in places.enumerated() { scenario.name(place, "a long name \(number)") }
      for cpu in 0..<2 {
        scenario.cpu {
          for place in places[(3 * cpu)..<(3 * cpu + 3)] { place.store(1, ordering: .relaxed) }
          observe("seen", places[3 - 3 * cpu].load(ordering: .relaxed))
        }
      }
    }
    let lines = text.split(separator: Character("\n"))
    #expect(lines.dropFirst().allSatisfy { $0.count <= 78 })
    #expect(!text.contains("\u{2026}"))
    let joined = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    for number in [1, 2, 4, 5] { #expect(joined.contains("a long name \(number)")) }
  }
}
