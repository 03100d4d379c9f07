// Which store each load has read, and the order of the stores to each location.

extension Replay {
  /// Follows stores from the step that put them into memory back to the event that made them.
  struct Origins {
    /// The event of each step that put a value into memory.
    private var events: [Int: Int] = [:]
    /// If no history is kept: the events that stored to each location, in the order in which they reached memory.
    private var stores: [Int: [Int]] = [:]
    /// The events of the stores in each CPU's buffer, oldest first.
    private var buffered: [Int: [Int]] = [:]

    /// Returns the event whose store a step is about to read; nil if it reads none, its own CPU's or the initial value.
    func source<P: Program>(
      of step: Schedule.Step, _ isForced: Bool, _ machine: inout Machine, _ program: inout P
    ) -> Int? {
      guard step.process < firstBuffer, machine.cpus[step.process].operation.isRead else { return nil }
      guard isForced || step.choice < machine.ownChoices(of: step.process, &program) else { return nil }
      let location = machine.cpus[step.process].operation.location
      var index = machine.places[location].messages.count - 1
      if machine.model == .releaseAcquire {
        index = machine.read(choice: isForced ? 0 : step.choice, by: step.process, &program)
      } else if machine.cpus[step.process].buffer.contains(where: { $0.location == location }) {
        return nil
      }
      return events[machine.places[location].messages[index].step]
    }

    /// Notes the first event of a step.
    mutating func note(_ index: Int, _ frame: Frame, _ machine: Machine) {
      let event = frame.event
      if event.action == .flush {
        guard let store = buffered[event.cpu, default: []].first else { return }
        buffered[event.cpu]?.removeFirst()
        reach(store, event.operation.location, machine)
      } else if event.writes {
        let isBuffered =
          machine.model == .totalStoreOrder && event.operation.kind == .store && !event.operation.ordering.isSequential
        if isBuffered {
          buffered[event.cpu, default: []].append(index)
        } else {
          reach(index, event.operation.location, machine)
        }
      }
    }

    private mutating func reach(_ store: Int, _ location: Int, _ machine: Machine) {
      events[machine.steps - 1] = store
      stores[location, default: []].append(store)
    }

    /// Returns the event whose store comes right after that of `index` in the modification order; nil for the last one.
    func successor(of index: Int, _ event: Event, _ machine: Machine) -> Int? {
      guard machine.model == .releaseAcquire, event.writes, event.action == .operation else { return nil }
      let messages = machine.places[event.operation.location].messages
      guard let own = messages.firstIndex(where: { events[$0.step] == index }), own + 1 < messages.count else {
        return nil
      }
      return events[messages[own + 1].step]
    }

    /// Returns the stores to each location in its modification order.
    func orders(in machine: Machine) -> [[Int]] {
      machine.places.indices.map { location in
        guard machine.model == .releaseAcquire else { return stores[location] ?? [] }
        return machine.places[location].messages.compactMap { events[$0.step] }
      }
    }
  }
}

extension Event {
  /// Whether it stores to an atomic location.
  var writes: Bool {
    guard action == .operation else { return false }
    return operation.kind == .store || operation.kind == .exchange || operation.kind == .add
      || operation.kind == .compareExchange && result == operation.expected
  }

  /// Whether it reads an atomic location.
  var reads: Bool { action == .operation && operation.isRead }
}
