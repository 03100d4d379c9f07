// Waiting: when a CPU that waits may go on, and what it waited for.

extension Machine {
  /// Whether a location that a CPU has seen holds something else by now, as far as the CPU can tell.
  private func hasChanged(_ location: Int, for cpu: Int) -> Bool {
    guard model == .releaseAcquire else {
      return visibleValue(at: location, to: cpu) != cpus[cpu].seenValues[location]
    }
    return firstChange(at: location, for: cpu) != nil
  }

  /// Under release/acquire: the oldest value of a location that is newer than what a CPU has seen there, and another.
  func firstChange(at location: Int, for cpu: Int) -> Message? {
    let (stamp, value) = (cpus[cpu].seenStamps[location], cpus[cpu].seenValues[location])
    return places[location].messages.first { $0.stamp > stamp && $0.value != value }
  }

  /// The locations that a CPU has seen since the last `relax` and that have changed, a bit each.
  func changed(for cpu: Int) -> UInt32 {
    var changed: UInt32 = 0
    forEachBit(UInt64(cpus[cpu].seen)) { location in
      if hasChanged(location, for: cpu) { changed |= 1 << UInt32(location) }
    }
    return changed
  }

  /// Under release/acquire a choice for each location that has changed: it is the one to be seen anew.
  func relaxChoices(of cpu: Int) -> Int {
    if cpus[cpu].seen == 0 { return 1 }
    let changed = changed(for: cpu).nonzeroBitCount
    return model == .releaseAcquire ? changed : min(changed, 1)
  }

  /// Whether a load has been repeated so often that it is taken for a loop that waits.
  func isWaitingInDisguise(_ cpu: Int) -> Bool {
    cpus[cpu].rereads >= Limits.rereads && changed(for: cpu) == 0
  }

  /// The step whose store lets the next operation of a CPU, one that waits, go on, if nothing else would; else -1.
  mutating func stepWaitedFor<P: Program>(by cpu: Int, _ program: inout P) -> Int {
    let operation = cpus[cpu].operation
    switch operation.kind {
    case .await, .park: return stepAwaited(by: cpu, at: operation.location, &program)
    case .relax: return stepOfOnlyChange(for: cpu)
    case .load: return cpus[cpu].rereads >= Limits.rereads ? stepOfOnlyChange(for: cpu) : -1
    case .store, .exchange, .add, .compareExchange, .fence, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave,
      .irqRestore, .observe, .trap, .end:
      return -1
    }
  }

  private mutating func stepAwaited<P: Program>(by cpu: Int, at location: Int, _ program: inout P) -> Int {
    if model == .releaseAcquire {
      guard ownChoices(of: cpu, &program) == 1 else { return -1 }
      return places[location].messages[read(choice: 0, by: cpu, &program)].step
    }
    if cpus[cpu].buffer.contains(where: { $0.location == location }) { return -1 }
    let overwritten = places[location].overwritten
    let wasEnough = program.isSatisfied(at: cpus[cpu].node, by: overwritten, code: cpus[cpu].code)
    return wasEnough ? -1 : places[location].messages[0].step
  }

  private func stepOfOnlyChange(for cpu: Int) -> Int {
    let changed = changed(for: cpu)
    guard changed.nonzeroBitCount == 1 else { return -1 }
    let location = changed.trailingZeroBitCount
    let seen = cpus[cpu].seenValues[location]
    if model == .releaseAcquire {
      let stamp = cpus[cpu].seenStamps[location]
      let changes = places[location].messages.filter { $0.stamp > stamp && $0.value != seen }
      return changes.count == 1 ? changes[0].step : -1
    }
    if cpus[cpu].buffer.contains(where: { $0.location == location }) { return -1 }
    return places[location].overwritten == seen ? places[location].messages[0].step : -1
  }
}
