import Interleave
import Testing

/// What a subject does where its harness does not look.
private enum Trick: Sendable {
  case none
  /// Stores to a location of the harness.
  case mendsTheCount
  /// Claims to have observed what only the harness observes.
  case observes
  /// Runs the function that it was given twice.
  case runsTwice
}

/// A subject that keeps CPUs apart, or does not, and may play tricks.
private struct Gate {
  let taken = Atomic(0)
  /// The subject may give a location of its own any name.
  let count = Atomic(7)
  let isRight: Bool
  let trick: Trick

  func enter() {
    if isRight { while taken.exchange(1, ordering: .acquiring) == 1 { cpuRelax() } }
    if trick == .observes { observe("others inside", 0) }
  }

  func leave(_ count: Atomic, _ callback: () -> Void) -> Int {
    if trick == .mendsTheCount { count.store(2, ordering: .relaxed) }
    callback()
    if trick == .runsTwice { callback() }
    if isRight { taken.store(0, ordering: .releasing) }
    return 5
  }
}

/// Two CPUs that count under a gate and report which CPUs were inside.
private struct Story: Sendable {
  var isRight = true
  var trick = Trick.none
  /// What the harness does, which differs from story to story.
  var initial = 0
  var cpus = 2
  var interrupts = 0
  var tells = true
  var ordering = StoreOrdering.relaxed
  var waitsFor = 1
  var lends = false
  var name = "count"

  /// Returns the scenario, with its subject or without.
  func setUp(withSubject: Bool = true) -> Scenario.SetUp {
    { scenario in
      let gate = scenario.subject(withSubject ? (isRight, trick) : nil) { kind, _ in
        Gate(isRight: kind.0, trick: kind.1)
      }
      let (inside, count, go) = (Atomic(0), Atomic(initial), Atomic(1))
      scenario.name(count, name)
      if lends { scenario.lend([count]) }
      for _ in 0..<cpus { scenario.cpu { run(gate, inside, count, go) } }
      for _ in 0..<interrupts { scenario.interrupt(on: 0) { fence(ordering: .releasing) } }
    }
  }

  private func run(_ gate: Subject<Gate>, _ inside: Atomic, _ count: Atomic, _ go: Atomic) {
    go.spin(until: { $0 == waitsFor || waitsFor < 0 }, ordering: .relaxed)
    gate.call("enter()") { $0.enter() }
    let others = inside.fetchAdd(1, ordering: .relaxed)
    if tells { observe("others inside", others) }
    count.store(count.load(ordering: .relaxed) &+ 1, ordering: ordering)
    inside.fetchAdd(-1, ordering: .relaxed)
    let callback = gate.callback { observe("leaves", 1) }
    let five: Int = gate.call("leave()") { $0.leave(count, callback) }
    observe("returned", five)
  }

  /// Everything that the codes of this story can do.
  func unfolding(_ model: MemoryModel = .sequential) -> Unfolding { unfold([Plan(model)], setUp()) }

  /// Returns where the codes of this story do something that another story's harness does not.
  func deviation(from other: Story) -> Unfolding.Deviation? {
    unfolding().deviation(from: other.setUp(withSubject: false))
  }
}

struct DeviationTests {
  @Test(arguments: MemoryModel.allCases, [true, false])
  func `codes that were run are those of their scenario, right or wrong`(model: MemoryModel, isRight: Bool) {
    let story = Story(isRight: isRight, interrupts: 1)
    #expect(story.unfolding(model).deviation(from: story.setUp(withSubject: false)) == nil)
  }

  @Test func `codes with other CPUs, interrupts, values or names are not`() {
    #expect(Story(cpus: 1).deviation(from: Story()) == .layout)
    #expect(Story(interrupts: 1).deviation(from: Story()) == .layout)
    #expect(Story(initial: 1).deviation(from: Story()) == .layout)
    #expect(Story(name: "account").deviation(from: Story()) == .layout)
  }

  @Test func `an operation that is left out or ordered differently is found`() {
    #expect(Story(tells: false).deviation(from: Story()) == .code(0))
    #expect(Story().deviation(from: Story(tells: false)) == .code(0))
    #expect(Story(ordering: .releasing).deviation(from: Story()) == .code(0))
  }

  @Test func `a wait for a different condition is found`() {
    #expect(Story(waitsFor: -1).deviation(from: Story(waitsFor: 0)) == .code(0))
  }

  @Test func `a subject may not touch the harness's memory unless it was lent`() {
    #expect(Story(trick: .mendsTheCount).deviation(from: Story()) == .code(0))
    #expect(Story(trick: .mendsTheCount, lends: true).deviation(from: Story(lends: true)) == nil)
  }

  @Test func `callbacks may be run more than once, and belong to the harness`() {
    #expect(Story(trick: .runsTwice).deviation(from: Story()) == nil)
  }

  @Test func `a subject's observations and names of locations are not taken for the harness's`() {
    let story = Story(trick: .observes)
    let unfolding = story.unfolding()
    #expect(unfolding.deviation(from: story.setUp(withSubject: false)) == nil)
    var names: Set<String> = []
    var counts: Set<Int?> = []
    _ = visitExecutions(unfolding, .sequential) { outcome, _ in
      names.formUnion(outcome.observations.map(\.name))
      counts.insert(outcome.value(of: "count"))
      return true
    }
    #expect(names == ["own: others inside", "others inside", "leaves", "returned"])
    #expect(counts == [2])
  }

  /// Callbacks that each make the subject run the next one inside.
  private func nested(_ depth: Int, withSubject: Bool) -> Scenario.SetUp {
    { scenario in
      let subject = scenario.subject(withSubject ? 0 : nil) { _, _ in Atomic(0) }
      scenario.cpu {
        func run(_ left: Int) {
          guard left > 0 else { return }
          let callback = subject.callback { run(left - 1) }
          subject.call("run") { _ in callback() }
        }
        run(depth)
      }
    }
  }

  @Test func `callbacks within callbacks do not use up the judge's stack`() {
    func deviation(_ depth: Int) -> Unfolding.Deviation? {
      unfold([Plan(.sequential)], nested(depth, withSubject: true)).deviation(from: nested(depth, withSubject: false))
    }
    #expect(deviation(Limits.callbacks) == nil)
    #expect(deviation(Limits.callbacks + 1) == .code(0))
  }
}
