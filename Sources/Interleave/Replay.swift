/// An execution replayed, with the state of the machine after each event.
package struct Replay {
  /// The state of the machine beside an event.
  struct Frame: Sendable, Equatable {
    var event: Event
    /// The stores that wait in each CPU's buffer, oldest first.
    var buffers: [[(location: Int, value: Int)]]
    /// The CPUs in critical sections, each with the section's location.
    var occupants: [(section: Int, cpu: Int)]
    /// The CPUs that are in a section, or say that they hold the exclusive resource.
    var holders: [Int]
    /// Each location's latest value.
    var values: [Int]
    /// Under release/acquire: the latest value, if an older one was read.
    var latest: Int?
    /// The event whose store was read; nil if nothing was read, or the initial value.
    var source: Int?
    /// Under release/acquire: the event of the earlier store before which this one was put, or nil.
    var successor: Int?

    /// Whether it reads one location while a store of the same CPU to another still waits.
    var isPastBuffer: Bool {
      event.action == .operation && event.operation.isRead
        && buffers[event.cpu].contains { $0.location != event.operation.location }
    }

    /// Whether it is a fence of a given CPU and kind.
    func isFence(of cpu: Int, _ kind: KeyPath<Ordering, Bool>) -> Bool {
      event.cpu == cpu && event.operation.kind == .fence && event.operation.ordering[keyPath: kind]
    }

    static func == (left: Frame, right: Frame) -> Bool { left.event == right.event }
  }

  private(set) var frames: [Frame] = []
  /// The events that stored to each location, in its modification order.
  private(set) var orders: [[Int]] = []
  private var origins = Origins()
  private var plainValues: [Int]
  private var occupants: [(section: Int, cpu: Int)] = []
  /// The CPUs that say that they hold the exclusive resource.
  private var holders: Set<Int> = []
  /// What each CPU was about to do at the end.
  private(set) var pending: [Operation] = []
  /// How it ended.
  package private(set) var ending: Ending?
  /// Each location's value at the end.
  private(set) var values: [Int] = []
  /// What the execution left behind.
  package private(set) var outcome: Outcome

  /// Replays a schedule, up to its end or to a step that no process could take.
  package init(_ schedule: Schedule, of unfolding: Unfolding, under model: MemoryModel) {
    var machine = Machine(model, unread: unfolding.unread)
    machine.isFine = schedule.isFine
    var program = RecordedProgram(unfolding)
    outcome = Outcome(machine: machine, unfolding: unfolding)
    plainValues = unfolding.locations.map(\.initial)
    machine.reset(&program)
    keepUp(with: machine, unfolding)
    for step in schedule.steps where machine.ending == nil {
      guard machine.cpus.indices.contains(step.process % firstBuffer) else { break }
      guard machine.enabled(&program) >> UInt32(step.process) & 1 == 1 || machine.mayTurn(step.process) else { break }
      let isForced = machine.choices(of: step.process, &program) == 0
      guard isForced || step.choice < machine.choices(of: step.process, &program) else { break }
      let (first, source) = (frames.count, origins.source(of: step, isForced, &machine, &program))
      machine.step(step.process, choice: step.choice, isForced: isForced, &program)
      keepUp(with: machine, unfolding)
      guard first < frames.count else { continue }
      frames[first].source = source
      origins.note(first, frames[first], machine)
      frames[first].successor = origins.successor(of: first, frames[first].event, machine)
    }
    orders = origins.orders(in: machine)
    let enabled = machine.ending == nil ? machine.enabled(&program) : 0
    if machine.ending == nil, enabled == 0 || machine.isStalled(&program, enabled) { machine.conclude() }
    ending = machine.ending
    pending = machine.cpus.map(\.operation)
    values = values(machine)
    outcome = Outcome(machine: machine, unfolding: unfolding)
  }

  /// Returns what the machine holds after an event: between two steps a CPU may use plain memory more than once.
  private func values(_ machine: Machine) -> [Int] {
    machine.places.indices.map { place in
      let messages = machine.places[place].messages
      return machine.places[place].isPlain ? plainValues[place] : messages[messages.count - 1].value
    }
  }

  private mutating func keepUp(with machine: Machine, _ unfolding: Unfolding) {
    for event in machine.events[frames.count...] {
      note(event, unfolding)
      let buffers = machine.cpus.map { $0.buffer.map { (location: $0.location, value: $0.message.value) } }
      frames.append(
        Frame(
          event: event, buffers: buffers, occupants: occupants,
          holders: holders.union(occupants.map(\.cpu)).sorted(), values: values(machine),
          latest: latest(event, machine)))
    }
  }

  /// Follows changes that are not steps of the machine.
  private mutating func note(_ event: Event, _ unfolding: Unfolding) {
    let operation = event.operation
    guard event.action == .operation else { return }
    switch operation.kind {
    case .cellWrite: plainValues[operation.location] = operation.operand
    case .enter: occupants.append((section: operation.location, cpu: event.cpu))
    case .leave: occupants.removeAll { $0.section == operation.location && $0.cpu == event.cpu }
    case .holds: if operation.operand != 0 { holders.insert(event.cpu) } else { holders.remove(event.cpu) }
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax, .cellRead, .cellFree,
      .irqSave, .irqRestore, .observe, .call, .returns, .callback, .trap, .end:
      break
    }
  }

  private func latest(_ event: Event, _ machine: Machine) -> Int? {
    let operation = event.operation
    guard machine.model == .releaseAcquire, operation.isRead, event.action == .operation, event.choice > 0 else {
      return nil
    }
    return machine.places[operation.location].messages.last?.value
  }

  /// Returns the location that a CPU waits for at the end, if that can be told.
  func awaited(by cpu: Int) -> Int? {
    if pending[cpu].isAtLocation { return pending[cpu].location }
    return frames.last { $0.event.cpu == cpu && $0.event.operation.isRead }?.event.operation.location
  }
}

extension Counterexample {
  /// Creates the execution that a schedule leads to, right or wrong; nil if the codes cannot follow it to its end.
  package init?(
    replaying schedule: Schedule, of unfolding: Unfolding, under model: MemoryModel, property: Property
  ) {
    let replay = Replay(schedule, of: unfolding, under: model)
    guard let ending = replay.ending, ending != .broken else { return nil }
    execution = Execution(events: replay.frames.map(\.event), ending: ending, schedule: schedule)
    complaint = ending == .complete ? property(replay.outcome) : nil
    locate(replay.outcome, property)
  }
}
