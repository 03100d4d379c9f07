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
        SC: under SC: CPU 0 waits for ever for owner, which stays 1
             CPU 0                     CPU 1           line
          1  reads next: 0                               27
          2                            reads next: 0     27
          3                            next = 1          28
          4                            sees owner = 0    29
          5                            owner = 1         30
          6  next = 1                                    28
        ✘ 7  waits for owner for ever                    29
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
        RA: under RA: the reader got a = 1 and b = 0; CPU 1 read sequence = 0 although 1 had been stored: nothing that it had \
        synchronized with made the newer value visible
             CPU 0          CPU 1                       line
          1  sequence = 1                                 59
          2  release fence                                60
          3  a = 1                                        61
          4                 sees sequence = 0             67
          5                 reads a: 1                    68
          6                 reads b: 0                    68
          7                 reads sequence: 0, old: 1     69
                              is newer
          8                 a: 1                          70
          9                 b: 0                          71
         10  b = 1                                        62
        ✘11  sequence = 2                                 63
        """)
  }

  @Test func `a sleeper that looks first and says so then`() {
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
        SC: under SC: CPU 0 sleeps for ever: nobody is left to wake it
             CPU 0               CPU 1             line
          1  waiting = 1                            101
          2  reads condition: 0                     102
          3                      condition = 1      108
          4                      reads waiting: 1   109
          5                      wakes CPU 0        109
          6  says it sleeps                         103
        ✘ 7  sleeps for ever                        104
        """)
  }

  @Test func `what is right has no table`() {
    #expect(table(TicketLock.scenario(cpus: 2)) == "nothing is wrong")
  }
}
