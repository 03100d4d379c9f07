import Interleave
import Testing

/// What a counterexample says about why it is possible, each case in the smallest program that shows it.
///
/// The lines in the sentences and tables are those of this file.
struct CounterexampleCauseTests {
  /// Returns what is wrong under a model, and the table.
  private func table(
    _ model: MemoryModel, property: @escaping Property = { _ in nil }, _ setUp: @escaping Scenario.SetUp
  ) -> (cause: String, lines: String) {
    let plan = Plan(model)
    let unfolding = unfold([plan], property: property, setUp)
    guard let found = investigate(unfolding, plan, locates: true, property: property).counterexample else {
      return ("nothing is wrong", "")
    }
    let table = CounterexampleTable(found, of: unfolding, under: model)
    return (table.cause, table.lines.joined(separator: "\n"))
  }

  /// The property that no check by a CPU fails.
  private let checks: Property = { outcome in outcome.brokenCheck.map { "\($0.claim) does not hold" } }

  /// A message: data, then a flag, each side with or without what orders the two.
  private func message(
    store: StoreOrdering = .relaxed, load: LoadOrdering = .relaxed, releases: Bool = false, acquires: Bool = false
  ) -> String {
    table(.releaseAcquire, property: checks) { scenario in
      let (data, flag) = (Atomic(0), Atomic(0))
      scenario.name(data, "data")
      scenario.name(flag, "flag")
      scenario.cpu {
        data.store(1, ordering: .relaxed)
        if releases { fence(ordering: .releasing) }
        flag.store(1, ordering: store)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 1 }, ordering: load)
        if acquires { fence(ordering: .acquiring) }
        check(data.load(ordering: .relaxed) == 1, "the data")
      }
    }.cause
  }

  private static let old = "under RA: the data does not hold; CPU 1 read data = 0 although 1 had been stored: "

  @Test func `a store that does not release is named, with its line`() {
    let cause = Self.old + "CPU 0's store to flag (line 35) does not release, and no releasing fence comes before it"
    #expect(message() == cause)
    #expect(message(load: .acquiring) == cause)
  }

  @Test func `a load that does not acquire is named, with its line`() {
    let cause = Self.old + "CPU 1's load of flag (line 38) does not acquire, and no acquiring fence comes after it"
    #expect(message(store: .releasing) == cause)
    #expect(message(releases: true) == cause)
  }

  @Test(arguments: [false, true])
  func `a message that is ordered on both sides is right, by orderings and by fences`(hasFences: Bool) {
    let said =
      hasFences ? message(releases: true, acquires: true) : message(store: .releasing, load: .acquiring)
    #expect(said == "nothing is wrong")
  }

  /// Two CPUs that each raise a sign and look for the other's, with a full fence in between or without.
  private func signs(fences: [Bool]) -> String {
    let bothMissed: Property = { $0.observations.map(\.value) == [0, 0] ? "both missed the other" : nil }
    return table(.releaseAcquire, property: bothMissed) { scenario in
      let signs = [Atomic(0), Atomic(0)]
      scenario.name(signs, "signs")
      for cpu in 0..<2 {
        scenario.cpu {
          signs[cpu].store(1, ordering: .releasing)
          if fences[cpu] { fence(ordering: .sequentiallyConsistent) }
          observe("seen", signs[1 - cpu].load(ordering: .acquiring))
        }
      }
    }.cause
  }

  @Test func `where only full fences help, the cause says between which two lines of which CPU`() {
    let first = "CPU 0's store to signs[0] (line 74) and its load of signs[1] (line 76)"
    let second = "CPU 1's store to signs[1] (line 74) and its load of signs[0] (line 76)"
    let old = "under RA: both missed the other; CPU 1 read signs[0] = 0 although 1 had been stored: only "
    #expect(signs(fences: [false, false]) == old + "full fences between \(first) and between \(second) forbid that")
    #expect(signs(fences: [true, false]) == old + "a full fence between \(second) forbids that")
    #expect(signs(fences: [false, true]) == old + "a full fence between \(first) forbids that")
    #expect(signs(fences: [true, true]) == "nothing is wrong")
  }

  @Test func `two readers that see two stores in two orders each need a full fence`() {
    let bothOrders: Property = { $0.observations.map(\.value) == [1, 0, 1, 0] ? "two orders" : nil }
    let cause = table(.releaseAcquire, property: bothOrders) { scenario in
      let (x, y) = (Atomic(0), Atomic(0))
      scenario.name(x, "x")
      scenario.name(y, "y")
      scenario.cpu { x.store(1, ordering: .releasing) }
      scenario.cpu { y.store(1, ordering: .releasing) }
      for (first, second) in [(x, y), (y, x)] {
        scenario.cpu {
          observe("first", first.load(ordering: .acquiring))
          observe("second", second.load(ordering: .acquiring))
        }
      }
    }.cause
    #expect(
      cause == """
        under RA: two orders; CPU 3 read x = 0 although 1 had been stored: only full fences between CPU 2's load of x (line \
        102) and its load of y (line 103) and between CPU 3's load of y (line 102) and its load of x (line 103) forbid that
        """)
  }

  @Test func `a store that was put before an earlier one is reported, with what would have forbidden it`() {
    let (cause, lines) = table(.releaseAcquire) { scenario in
      let (waits, next) = (Atomic(0), Atomic(0))
      scenario.name(waits, "waits")
      scenario.name(next, "next")
      scenario.cpu {
        waits.store(1, ordering: .relaxed)
        next.store(1, ordering: .relaxed)
        waits.spin(until: { $0 == 0 }, ordering: .acquiring)
      }
      scenario.cpu {
        next.spin(until: { $0 == 1 }, ordering: .acquiring)
        waits.store(0, ordering: .releasing)
      }
    }
    #expect(
      cause == """
        under RA: CPU 0 waits forever for waits, which stays 1; CPU 1's store to waits (line 126) came later than CPU 0's \
        store to waits (line 120) and was put before it: CPU 0's store to next (line 121) does not release, and no releasing \
        fence comes before it
        """)
    #expect(
      lines == """
             CPU 0                    CPU 1                    line
          1  waits = 1                                          120
          2  next = 1                                           121
          3                           sees next = 1             125
          4                           waits = 0, put before 1   126
        ✘ 5  waits forever for waits                            122
        """)
  }

  @Test func `a store that overwrites what was released is the cause of the race`() {
    let cause = table(.sequential) { scenario in
      let (data, flag) = (SharedCell(0), Atomic(0))
      scenario.name(data, "data")
      scenario.name(flag, "flag")
      scenario.cpu {
        data.write(1)
        flag.store(1, ordering: .releasing)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 1 }, ordering: .relaxed)
        flag.store(2, ordering: .relaxed)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 2 }, ordering: .acquiring)
        _ = data.read()
      }
    }.cause
    #expect(
      cause == """
        under SC: data race: CPU 2 reads data, not ordered after CPU 0's access: CPU 1's store to flag (line 157) \
        overwrote CPU 0's store to flag (line 153), and a load that sees it is not ordered after CPU 0
        """)
  }

  @Test func `a CPU that overwrites what it has released itself is the cause of the race`() {
    let cause = table(.sequential) { scenario in
      let (data, flag) = (SharedCell(0), Atomic(0))
      scenario.name(data, "data")
      scenario.name(flag, "flag")
      scenario.cpu {
        data.write(1)
        flag.store(1, ordering: .releasing)
        flag.store(2, ordering: .relaxed)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 2 }, ordering: .acquiring)
        _ = data.read()
      }
    }.cause
    #expect(
      cause == """
        under SC: data race: CPU 1 reads data, not ordered after CPU 0's access: CPU 0's store to flag (line 179) \
        does not release, and overwrote CPU 0's store to flag (line 178), which does
        """)
  }

  @Test func `an update in between hands on what was released, and is not blamed`() {
    let cause = table(.sequential) { scenario in
      let (data, flag) = (SharedCell(0), Atomic(0))
      scenario.name(data, "data")
      scenario.name(flag, "flag")
      scenario.cpu {
        data.write(1)
        flag.store(1, ordering: .relaxed)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 1 }, ordering: .relaxed)
        flag.fetchAdd(1, ordering: .relaxed)
      }
      scenario.cpu {
        flag.spin(until: { $0 == 2 }, ordering: .acquiring)
        _ = data.read()
      }
    }.cause
    #expect(
      cause.hasSuffix("CPU 0's store to flag (line 200) does not release, and no releasing fence comes before it"))
  }

  @Test func `two CPUs in one section are reported before a data race, if there are both`() {
    let (cause, lines) = table(.sequential) { scenario in
      let (taken, section, count) = (Atomic(0), CriticalSection(), SharedCell(0))
      scenario.name(taken, "taken")
      scenario.name(section, "section")
      scenario.name(count, "count")
      for _ in 0..<2 {
        scenario.cpu {
          taken.spin(until: { $0 == 0 }, ordering: .acquiring)
          taken.store(1, ordering: .relaxed)
          section.enter()
          count.write(count.read() + 1)
          section.leave()
          taken.store(0, ordering: .releasing)
        }
      }
    }
    #expect(cause == "under SC: CPU 0 enters section while CPU 1 is in it")
    #expect(
      lines == """
             CPU 0           CPU 1           line
          1  sees taken = 0                   223
          2                  sees taken = 0   223
          3                  taken = 1        224
          4                  enters section   225
          5                  reads count: 0   226
          6                  count = 1        226
          7  taken = 1                        224
        ✘ 8  enters section                   225
        """)
  }

  @Test func `if exclusion holds and only the order is missing, it is a data race`() {
    let cause = table(.sequential, TicketLock.scenario(cpus: 2, unlock: .relaxed)).cause
    #expect(cause.contains("enters section, not ordered after CPU 0's exit: CPU 0's store to owner"))
  }

  @Test func `long names are not broken inside words, and the columns share the room as needed`() {
    let lines = table(.sequential) { scenario in
      let (queue, other) = (Atomic(0), Atomic(0))
      scenario.name(queue, "headOfTheQueue.next.word")
      scenario.name(other, "other")
      for cpu in 0..<3 {
        scenario.cpu {
          if cpu == 0 { queue.compareExchange(expected: 0, desired: 1, ordering: .relaxed) }
          if cpu == 2 { other.spin(until: { $0 == 1 }, ordering: .relaxed) }
        }
      }
    }.lines
    #expect(
      lines == """
             CPU 0                   CPU 1   CPU 2                   line
          1  headOfTheQueue.next.                                     259
               word: 0 -> 1
        ✘ 2                                  waits forever for        260
                                               other
        """)
  }

  @Test func `a table of a long loop has a gap in its middle, and its rows keep their numbers`() {
    let lines = table(.sequential) { scenario in
      let (word, other) = (Atomic(0), Atomic(0))
      scenario.name(word, "word")
      scenario.name(other, "other")
      scenario.cpu {
        for value in 0..<520 { word.store(value, ordering: .relaxed) }
        other.spin(until: { $0 == 1 }, ordering: .relaxed)
      }
    }.lines.split(separator: "\n")
    #expect(
      lines[38...43].joined(separator: "\n") == """
          38  word = 37                 280
          39  word = 38                 280
          40  word = 39                 280
              (441 more rows)
         482  word = 481                280
         483  word = 482                280
        """)
    #expect(lines.last == "✘521  waits forever for other   281")
  }

  @Test func `names may be in any language, and columns are as wide as their contents`() {
    let lines = table(.sequential, property: checks) { scenario in
      let (word, second) = (Atomic(0), Atomic(0))
      scenario.name(word, "größe")
      scenario.name(second, "値\u{202E}")
      scenario.cpu {
        word.store(1, ordering: .relaxed)
        second.store(1, ordering: .relaxed)
        check(false, "x ist größer als 0")
      }
    }.lines
    #expect(
      lines == """
             CPU 0                             line
          1  größe = 1                          302
          2  値? = 1                            303
        ✘ 3  check failed: x ist größer als 0   304
        """)
  }
}
