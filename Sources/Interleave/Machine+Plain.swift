// Plain memory: data races, use after free, critical sections.

extension Machine {
  /// Carries out an access to plain memory, or ends the execution because it is wrong.
  mutating func access(_ cpu: Int, _ operation: Operation) -> Int {
    let location = operation.location
    let isWrite = operation.kind != .cellRead
    note(cpu, operation)
    // An execution that is impossible goes on as if nothing were wrong: its outcome is not examined.
    if let violation = violation(cpu, operation), hasTotalOrder() {
      ending = violation
      return 0
    }
    if isWrite {
      places[location].writer = cpu
      places[location].writeTime = cpus[cpu].now[cpu]
      places[location].writeEvent = events.count - 1
    } else {
      places[location].readTimes[cpu] = cpus[cpu].now[cpu]
    }
    switch operation.kind {
    case .cellRead: return places[location].value
    case .cellWrite: places[location].value = operation.operand
    case .cellFree: places[location].isFreed = true
    case .enter: places[location].occupant = cpu
    case .leave: places[location].occupant = -1
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax, .irqSave, .irqRestore,
      .observe, .holds, .call, .returns, .callback, .trap, .end:
      preconditionFailure("no access to plain memory")
    }
    return 0
  }

  private func violation(_ cpu: Int, _ operation: Operation) -> Ending? {
    let place = places[operation.location]
    if operation.kind == .enter, place.occupant >= 0 {
      return .mutualExclusion(section: operation.location, cpu: cpu, other: place.occupant)
    }
    if operation.kind == .leave, place.occupant != cpu {
      return .strayLeave(section: operation.location, cpu: cpu)
    }
    if place.isFreed, place.writer == cpu || place.writeTime <= cpus[cpu].now[place.writer] {
      return .useAfterFree(cell: operation.location, cpu: cpu)
    }
    if let other = unordered(cpu, operation) {
      return .race(location: operation.location, cpu: cpu, other: other)
    }
    return nil
  }

  /// Returns another CPU whose access to the same place is not ordered before this one.
  private func unordered(_ cpu: Int, _ operation: Operation) -> Int? {
    let place = places[operation.location]
    let now = cpus[cpu].now
    if place.writer >= 0, place.writer != cpu, place.writeTime > now[place.writer] { return place.writer }
    guard operation.kind != .cellRead else { return nil }
    return cpus.indices.first { $0 != cpu && place.readTimes[$0] > now[$0] }
  }

  /// Ends the execution when no process can take a step.
  mutating func conclude() {
    let stuck = cpus.indices.filter { cpus[$0].operation.kind != .end }
    ending = stuck.isEmpty ? .complete : .deadlock(stuck: stuck)
  }
}
