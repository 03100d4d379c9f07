/// What an execution left behind: what was observed in it, and what memory holds at its end.
public struct Outcome {
  let machine: Machine
  let unfolding: Unfolding
  /// After so many events: what was observed later is not seen.
  var progress = Int.max

  /// What happened, in order.
  package var events: [Event] { machine.events }

  /// The value of a location at the end, the last in its modification order, or nil if none has the name.
  ///
  /// A subject may call its own locations what it likes: they do not count.
  package func value(of name: String) -> Int? {
    guard let location = unfolding.locations.firstIndex(where: { $0.name == name && !$0.isOfSubject }) else {
      return nil
    }
    let place = machine.places[location]
    return place.isPlain ? place.value : place.messages[place.messages.count - 1].value
  }

  /// All that the CPUs observed, in the order in which they did.
  package var observations: [Observation] { placedObservations.map(\.observation) }

  /// The same, each with the number of events up to it.
  package var placedObservations: [(place: Int, observation: Observation)] {
    machine.events.prefix(progress).enumerated().compactMap { index, event in
      guard event.operation.kind == .observe else { return nil }
      let name = unfolding.observations[event.operation.location]
      return (index + 1, Observation(cpu: event.cpu, name: name, value: event.operation.operand))
    }
  }

  /// Whether the next thing that a CPU's own code does, after so many events, is to wait for a value that is not there.
  ///
  /// It is known also of a code that an interrupt has broken off. Where memory is weaker than SC the answer is no.
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

  /// The first ``check(_:_:file:line:)`` that did not hold, and whose it was.
  package var brokenCheck: (cpu: Int, claim: String)? {
    guard let broken = observations.first(where: { $0.name.hasPrefix(Interleave.brokenCheck) }) else { return nil }
    return (broken.cpu, String(broken.name.dropFirst(Interleave.brokenCheck.count)))
  }

  /// The CPUs that entered the section of a name, in the order in which they did.
  package func entries(of section: String) -> [Int] {
    machine.events.compactMap { event in
      guard event.operation.kind == .enter else { return nil }
      return unfolding.locations[event.operation.location].name == section ? event.cpu : nil
    }
  }
}

/// What a CPU told of itself.
package struct Observation: Sendable, Equatable, Hashable {
  /// Which CPU.
  package var cpu: Int
  /// The observation's name.
  package var name: String
  /// What was observed.
  package var value: Int
}
