/// An execution gone through again, with what the machine looked like after each event.
package struct Replay {
  /// What stands beside an event.
  struct Frame: Sendable, Equatable {
    var event: Event
    /// The stores that wait in each CPU's buffer, oldest first.
    var buffers: [[(location: Int, value: Int)]]
    /// Who is in each critical section, by location.
    var occupants: [(section: Int, cpu: Int)]
    /// Each location's latest value.
    var values: [Int]
    /// Under release/acquire: the latest value where an older one was read.
    var latest: Int?

    static func == (left: Frame, right: Frame) -> Bool { left.event == right.event }
  }

  private(set) var frames: [Frame] = []
  /// What each CPU was about to do at the end.
  private(set) var pending: [Operation] = []
  /// How it ended.
  package private(set) var ending: Ending?
  /// Each location's value at the end.
  private(set) var values: [Int] = []
  /// What was left at the end.
  package private(set) var outcome: Outcome

  /// Goes through a schedule, up to its end or to a step that nothing could take.
  package init(_ schedule: Schedule, of unfolding: Unfolding, under model: MemoryModel) {
    var machine = Machine(model)
    var program = RecordedProgram(unfolding)
    outcome = Outcome(machine: machine, unfolding: unfolding)
    machine.reset(&program)
    keepUp(with: machine)
    for step in schedule.steps where machine.ending == nil {
      guard machine.enabled(&program) >> UInt32(step.process) & 1 == 1 else { break }
      let isForced = machine.choices(of: step.process, &program) == 0
      guard isForced || step.choice < machine.choices(of: step.process, &program) else { break }
      machine.step(step.process, choice: step.choice, isForced: isForced, &program)
      keepUp(with: machine)
    }
    if machine.ending == nil, machine.enabled(&program) == 0 { machine.conclude() }
    ending = machine.ending
    pending = machine.cpus.map(\.operation)
    values = Self.values(machine)
    outcome = Outcome(machine: machine, unfolding: unfolding)
  }

  private static func values(_ machine: Machine) -> [Int] {
    machine.places.map { $0.isPlain ? $0.value : $0.messages[$0.messages.count - 1].value }
  }

  private mutating func keepUp(with machine: Machine) {
    for event in machine.events[frames.count...] {
      let buffers = machine.cpus.map { $0.buffer.map { (location: $0.location, value: $0.message.value) } }
      let occupants = machine.places.indices.filter { machine.places[$0].occupant >= 0 }
        .map { (section: $0, cpu: machine.places[$0].occupant) }
      frames.append(
        Frame(
          event: event, buffers: buffers, occupants: occupants, values: Self.values(machine),
          latest: latest(event, machine)))
    }
  }

  private func latest(_ event: Event, _ machine: Machine) -> Int? {
    let operation = event.operation
    guard machine.model == .releaseAcquire, operation.isRead, event.action == .operation, event.choice > 0 else {
      return nil
    }
    return machine.places[operation.location].messages.last?.value
  }

  /// The location that a CPU waits for at the end, as far as one can tell.
  func awaited(by cpu: Int) -> Int? {
    if pending[cpu].isAtLocation { return pending[cpu].location }
    return frames.last { $0.event.cpu == cpu && $0.event.operation.isRead }?.event.operation.location
  }
}

extension Counterexample {
  /// The execution that a schedule leads to, right or wrong; nil if the codes cannot follow it to its end.
  package init?(
    replaying schedule: Schedule, of unfolding: Unfolding, under model: MemoryModel, property: Property
  ) {
    let replay = Replay(schedule, of: unfolding, under: model)
    guard let ending = replay.ending, ending != .broken else { return nil }
    execution = Execution(events: replay.frames.map(\.event), ending: ending, schedule: schedule)
    complaint = ending == .complete ? property(replay.outcome) : nil
  }
}
