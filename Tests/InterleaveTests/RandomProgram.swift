import Interleave

/// A small program drawn at random: two or three CPUs, two locations, perhaps an interrupt.
///
/// Plain memory is left out: a race ends an execution at a moment that depends on the order of steps.
struct RandomProgram: Sendable, CustomStringConvertible {
  /// What a CPU does in one step.
  enum Action: Sendable {
    case load, store, add, fence, await, compareExchange, loop, masked, exchange, sleep, wake
    case again, swap, claim
    /// Loops that give up after some turns.
    case lookSome, relaxSome, tryLock

    /// Whether it may turn forever.
    var isEndless: Bool { self == .loop || self == .again || self == .swap || self == .claim }
  }

  /// One step.
  struct Step: Sendable, CustomStringConvertible {
    var action: Action
    var location: Int
    var value: Int
    /// 0 and 1 are weak, 2 stronger, 3 sequentially consistent.
    var strength: Int

    var description: String { "\(action)(\(location), \(value), \(strength))" }
  }

  private(set) var cpus: [[Step]] = []
  private(set) var interrupt: [Step] = []

  /// Creates the next program that a generator draws.
  ///
  /// - Parameters:
  ///   - givesUp: whether there is a loop that waits, and all such loops give up after some turns.
  ///   - isStrong: whether most accesses are sequentially consistent.
  init(_ random: inout Draw, givesUp: Bool = false, isStrong: Bool = false) {
    let count = 2 + random.below(2)
    for number in 0..<count {
      let length = count == 2 ? 1 + random.below(3) : 1 + random.below(2)
      cpus.append((0..<length).map { _ in Self.step(&random, givesUp ? Self.finite : Self.all) })
      if isStrong {
        for index in cpus[number].indices where random.below(3) != 0 { cpus[number][index].strength = 3 }
      }
      if givesUp, number == 0 { cpus[0][0].action = Self.retries[random.below(3)] }
    }
    if random.below(3) == 0 {
      let action = [Action.load, .store, .add][random.below(3)]
      interrupt = [Step(action: action, location: random.below(2), value: 5, strength: random.below(4))]
    }
  }

  private static let plain: [Action] =
    Array(repeating: .load, count: 5) + Array(repeating: .store, count: 4)
    + [.add, .fence, .await, .compareExchange, .masked, .exchange, .sleep, .wake]
  private static let retries: [Action] = [.lookSome, .relaxSome, .tryLock]
  private static let finite = plain + retries
  private static let all = finite + [.loop, .again, .swap, .claim]

  private static func step(_ random: inout Draw, _ actions: [Action]) -> Step {
    Step(
      action: actions[random.below(actions.count)], location: random.below(2), value: random.below(3),
      strength: random.below(4))
  }

  var description: String {
    cpus.map { "\($0)" }.joined(separator: " || ") + (interrupt.isEmpty ? "" : " irq \(interrupt)")
  }

  /// The scenario that runs it.
  var setUp: Scenario.SetUp {
    { [cpus, interrupt] scenario in
      let memory = [Atomic(), Atomic()]
      scenario.name(memory[0], "x")
      scenario.name(memory[1], "y")
      for (number, steps) in cpus.enumerated() {
        scenario.cpu { for (index, step) in steps.enumerated() { step.run(memory, "\(number).\(index)") } }
      }
      if !interrupt.isEmpty { scenario.interrupt(on: 0) { interrupt[0].run(memory, "irq") } }
    }
  }

  /// Describes how an execution of it ended, what was observed, and what memory holds.
  static func description(_ outcome: Outcome, _ ending: Ending) -> String {
    let seen = outcome.observations.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: " ")
    return "\(ending) \(seen) x=\(outcome.value(of: "x") ?? -1) y=\(outcome.value(of: "y") ?? -1)"
  }
}

extension RandomProgram.Step {
  private var loadOrdering: LoadOrdering {
    [.relaxed, .relaxed, .acquiring, .sequentiallyConsistent][strength]
  }
  private var storeOrdering: StoreOrdering {
    [.relaxed, .relaxed, .releasing, .sequentiallyConsistent][strength]
  }
  private var updateOrdering: UpdateOrdering {
    [.relaxed, .acquiring, .acquiringAndReleasing, .sequentiallyConsistent][strength]
  }
  private var fenceOrdering: FenceOrdering {
    [.acquiring, .releasing, .sequentiallyConsistent, .sequentiallyConsistent][strength]
  }

  /// Performs the step and reports what it saw.
  func run(_ memory: [Atomic], _ name: String) {
    let (place, other) = (memory[location], memory[1 - location])
    switch action {
    case .load: observe(name, place.load(ordering: loadOrdering))
    case .store: place.store(value, ordering: storeOrdering)
    case .add: observe(name, place.fetchAdd(1, ordering: updateOrdering))
    case .fence: Interleave.fence(ordering: fenceOrdering)
    case .await: observe(name, place.spin(until: { $0 == value }, ordering: loadOrdering))
    case .compareExchange:
      observe(name, place.compareExchange(expected: 0, desired: value, ordering: updateOrdering).original)
    case .loop:
      var seen = place.load(ordering: loadOrdering)
      while seen != value {
        cpuRelax()
        seen = place.load(ordering: loadOrdering)
      }
      observe(name, seen)
    case .masked:
      let flags = irqSave()
      observe(name, place.load(ordering: loadOrdering))
      other.store(value, ordering: storeOrdering)
      irqRestore(flags)
    case .exchange: observe(name, place.exchange(value, ordering: updateOrdering))
    case .sleep:
      setCurrentState(.sleeping, ordering: storeOrdering)
      if place.load(ordering: loadOrdering) != value { park() }
    case .again:
      // Written the naive way, once both words have been read.
      observe(name, other.load(ordering: loadOrdering))
      while place.load(ordering: loadOrdering) != value { Interleave.fence(ordering: .acquiring) }
    case .swap: while place.exchange(1, ordering: updateOrdering) == 1 {}
    case .claim:
      while !place.compareExchange(expected: 0, desired: value, ordering: updateOrdering).exchanged {}
    case .lookSome, .relaxSome, .tryLock: observe(name, tries(at: place))
    case .wake: observe(name, Interleave.wake(currentCPU == 0 ? 1 : 0) ? 1 : 0)
    }
  }
}

extension RandomProgram.Step {
  /// The number of turns after which a loop gives up: for some, more than it takes to count as a loop that waits.
  private var mostTries: Int { [1, 2, Limits.rereads + 2, Limits.rereads + 4][(value + strength) % 4] }

  /// How often a loop tried before it succeeded or gave up.
  private func tries(at place: Atomic) -> Int {
    var tries = 0
    while tries < mostTries {
      switch action {
      case .tryLock: if place.exchange(1, ordering: updateOrdering) == 0 { return tries }
      default: if place.load(ordering: loadOrdering) == value { return tries }
      }
      tries += 1
      if action == .relaxSome { cpuRelax() }
    }
    return tries
  }
}

/// Draws numbers; the same seed draws the same ones.
///
/// - Source: Marsaglia, Xorshift RNGs, Journal of Statistical Software 8(14), 2003, doi:10.18637/jss.v008.i14.
struct Draw {
  private var state: UInt64

  init(seed: UInt64) { state = seed == 0 ? 1 : seed }

  /// A number from 0 to one less than `bound`.
  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
