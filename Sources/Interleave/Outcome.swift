/// What an execution left behind: what was observed in it, and what memory holds at its end.
public struct Outcome {
  let machine: Machine
  let unfolding: Unfolding
  /// The number of events after which observations are ignored.
  var progress = Int.max

  /// What happened, in order.
  package var events: [Event] { machine.events }

  /// Returns the value of a location at the end, the last in its modification order, or nil if none has the name.
  ///
  /// The subject's own locations do not count, whatever their names.
  package func value(of name: String) -> Int? {
    guard let location = unfolding.locations.firstIndex(where: { $0.name == name && !$0.isOfSubject }) else {
      return nil
    }
    let place = machine.places[location]
    return place.isPlain ? place.value : place.messages[place.messages.count - 1].value
  }

  /// Everything that the CPUs observed, in order.
  package var observations: [Observation] { placedObservations.map(\.observation) }

  /// The observations, each with the number of events up to it.
  package var placedObservations: [(place: Int, observation: Observation)] {
    machine.events.prefix(progress).enumerated().compactMap { index, event in
      guard event.operation.kind == .observe else { return nil }
      let name = unfolding.observations[event.operation.location]
      return (index + 1, Observation(cpu: event.cpu, name: name, value: event.operation.operand))
    }
  }

  /// Whether the next operation of a CPU's own code, after a number of events, waits for a value that is not there.
  ///
  /// This works for a code that has been interrupted, too. Under a memory model weaker than SC, the answer is false.
  package func waits(_ cpu: Int, after count: Int) -> Bool {
    guard machine.model == .sequential else { return false }
    let past = machine.events.prefix(count).filter { $0.action == .operation }
    var node = unfolding.roots[cpu]
    for event in past where event.code == cpu && node >= 0 { node = unfolding.child(of: node, result: event.result) }
    guard node >= 0, unfolding.nodes[node].operation.kind == .await else { return false }
    let location = unfolding.nodes[node].operation.location
    let value = past.last { $0.stored(at: location) != nil }?.stored(at: location)
    return unfolding.truth(at: node, of: value ?? unfolding.locations[location].initial) == false
  }

  /// The first ``check(_:_:file:line:)`` that failed, and its CPU.
  package var brokenCheck: (cpu: Int, claim: String)? {
    guard let broken = observations.first(where: { $0.name.hasPrefix(Interleave.brokenCheck) }) else { return nil }
    return (broken.cpu, String(broken.name.dropFirst(Interleave.brokenCheck.count)))
  }

  /// Returns the CPUs that entered the section with a name, in order of entry.
  package func entries(of section: String) -> [Int] {
    machine.events.compactMap { event in
      guard event.operation.kind == .enter else { return nil }
      return unfolding.locations[event.operation.location].name == section ? event.cpu : nil
    }
  }
}

/// A value that a CPU reported.
package struct Observation: Sendable, Equatable, Hashable {
  /// The CPU that observed it.
  package var cpu: Int
  /// The observation's name.
  package var name: String
  /// The value observed.
  package var value: Int
}
