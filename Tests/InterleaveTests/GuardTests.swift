import CFiber
import Interleave
import Testing

/// Code that goes wrong ends its own execution, not the process.
@Suite(.serialized) struct GuardTests {
  @Test func `the runtime lets exclusive accesses be kept apart`() { #expect(cfiber_swaps_exclusivity() == 1) }

  /// Returns the distinct endings of a number of explorations of code that runs once another CPU has stored 1.
  private func endings(_ times: Int, _ body: @escaping (Atomic) -> Void) -> Set<String> {
    var endings: Set<String> = []
    for _ in 0..<times {
      let setUp: Scenario.SetUp = { scenario in
        let word = Atomic(0)
        scenario.cpu { if word.load(ordering: .relaxed) == 1 { body(word) } }
        scenario.cpu { word.store(1, ordering: .relaxed) }
      }
      let plan = Plan(.sequential)
      let unfolding = unfold([plan], setUp)
      guard let found = investigate(unfolding, plan).counterexample else {
        endings.insert("none")
        continue
      }
      let cause = CounterexampleTable(found, of: unfolding, under: .sequential).cause
      // The line is a matter for other tests.
      endings.insert("\(found.execution.ending.word): \(cause.replacing(#/ \(line [0-9]+\)/#, with: ""))")
    }
    return endings
  }

  @Test func `an arithmetic overflow is a trap, a hundred times`() {
    #expect(
      endings(100) { $0.store(.max + $0.load(ordering: .relaxed), ordering: .relaxed) } == [
        "trap: under SC: CPU 0 traps"
      ])
  }

  @Test func `an index out of range is a trap`() {
    let none: [Int] = []
    #expect(endings(3) { _ = none[$0.load(ordering: .relaxed)] + currentCPU } == ["trap: under SC: CPU 0 traps"])
  }

  @Test func `a stack overflow is reported as such, a hundred times`() {
    func deep(_ number: Int) -> Int { number < 0 ? 0 : deep(number + 1) + number % 7 + currentCPU }
    #expect(
      endings(100) { $0.store(deep($0.load(ordering: .relaxed)), ordering: .relaxed) }
        == ["trap: under SC: CPU 0 overruns its stack"])
  }

  /// Each costs ``Limits/idleMilliseconds`` of processor time.
  @Test func `an endless loop is reported as such, again and again`() {
    let spinsForEver = { (word: Atomic) in
      var number = word.load(ordering: .relaxed)
      while number != 0 { number = number &* 3 }
      word.store(number, ordering: .relaxed)
    }
    #expect(endings(5, spinsForEver) == ["trap: under SC: CPU 0 loops forever"])
  }

  @Test func `code that never ends takes too many steps`() {
    #expect(
      endings(3) { _ in for _ in 0...Limits.stepsOfCode { observe("again", currentCPU) } }
        == [
          "trap: under SC: CPU 0 takes more than \(Limits.stepsOfCode) steps: a loop that waits must say so, "
            + "with spin(until:) or cpuRelax()"
        ])
  }

  @Test func `CPUs that never end go in circles`() {
    #expect(
      endings(3) { word in while true { word.store(1, ordering: .relaxed) } }
        == [
          "livelock: under SC: no end in sight after \(Limits.stepsOfExecution) steps, the CPUs are going in circles: "
            + "a loop that waits must say so, with spin(until:) or cpuRelax()"
        ])
  }

  @Test func `a location made by a running CPU is a trap`() {
    #expect(endings(3) { _ in Atomic(1).store(2, ordering: .relaxed) } == ["trap: under SC: CPU 0 traps"])
  }

  /// The distinct problems that `unfold` finds in the codes.
  private func problems(_ times: Int, _ setUp: @escaping Scenario.SetUp) -> Set<Unfolding.Problem?> {
    Set((0..<times).map { _ in unfold([Plan(.sequential)], setUp).problem })
  }

  @Test func `code that does not always do the same is rejected`() {
    var runs = 0
    let setUp: Scenario.SetUp = { scenario in
      let word = Atomic(0)
      for _ in 0..<2 {
        scenario.cpu {
          runs += 1
          word.store(runs, ordering: .relaxed)
          word.fetchAdd(1, ordering: .relaxed)
          _ = word.load(ordering: .relaxed)
        }
      }
    }
    #expect(problems(100, setUp) == [.nondeterministic])
  }

  @Test(arguments: [("memory", 3), ("trap", 100)])
  func `a condition that does more than look at a value is rejected`(what: String, times: Int) {
    let setUp: Scenario.SetUp = { scenario in
      let (word, other) = (Atomic(0), Atomic(0))
      scenario.cpu {
        word.spin(
          until: { value in
            what == "memory" ? other.load(ordering: .relaxed) == value : Int.max - value + 1 > 0
          }, ordering: .relaxed)
      }
      scenario.cpu { word.store(1, ordering: .relaxed) }
    }
    #expect(problems(times, setUp) == [.badCondition])
  }

  @Test func `a condition that never ends is rejected`() {
    var turns = 1
    let setUp: Scenario.SetUp = { scenario in
      let word = Atomic(3)
      scenario.cpu {
        word.spin(
          until: { value in
            while turns >= 0 { turns = (turns &+ value) & 0xFFFF }
            return turns == 0
          }, ordering: .relaxed)
      }
    }
    #expect(problems(2, setUp) == [.badCondition])
  }

  @Test func `code with too many possibilities is rejected`() {
    let setUp: Scenario.SetUp = { scenario in
      let word = Atomic(0)
      for _ in 0..<4 { scenario.cpu { for _ in 0..<40 { word.fetchAdd(1, ordering: .relaxed) } } }
    }
    var plan = Plan(.sequential)
    plan.executions = .max
    #expect(unfold([plan], setUp).problem == .tooLarge)
  }
}

/// A `mutating` method that is suspended on one CPU while it runs on another.
@Suite(.serialized) struct ExclusivityTests {
  /// Only words, in a value that every use changes.
  private struct SpinLock {
    let word = Atomic(0)
    var acquisitions = 0

    mutating func lock() {
      while word.exchange(1, ordering: .acquiring) == 1 { word.spin(until: { $0 == 0 }, ordering: .relaxed) }
      acquisitions += 1
    }

    mutating func unlock() { word.store(0, ordering: .releasing) }
  }

  @Test(arguments: MemoryModel.allCases)
  func `a mutating lock that waits on one CPU does not abort another`(model: MemoryModel) {
    let report = explore(model) { scenario in
      var lock = SpinLock()
      let section = CriticalSection()
      for _ in 0..<3 {
        scenario.cpu {
          lock.lock()
          section.enter()
          section.leave()
          lock.unlock()
        }
      }
    }
    #expect(report.problem == nil)
    #expect(report.counterexample == nil)
    #expect(report.isComplete)
  }

  /// Even if it is one and the same variable, made outside the set-up.
  @Test func `one variable may be under modification on several CPUs`() {
    final class Holder {
      var lock: SpinLock?
    }
    let holder = Holder()
    let report = explore(.sequential) { scenario in
      holder.lock = SpinLock()
      for _ in 0..<2 {
        scenario.cpu {
          holder.lock?.lock()
          holder.lock?.unlock()
        }
      }
    }
    #expect(report.problem == nil)
    #expect(report.isComplete)
  }
}
