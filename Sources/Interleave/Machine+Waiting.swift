// Waiting: when a CPU that waits may go on, and what it waited for.

extension Machine {
  /// Whether a location that a CPU has read now holds another value, as far as the CPU can tell.
  private func hasChanged(_ location: Int, for cpu: Int) -> Bool {
    guard model == .releaseAcquire else {
      return visibleValue(at: location, to: cpu) != cpus[cpu].seenValues[location]
    }
    return firstChange(at: location, for: cpu) != nil
  }

  /// Under release/acquire, returns the oldest value of a location that is newer than what a CPU has seen there, and
  /// different from it.
  func firstChange(at location: Int, for cpu: Int) -> Message? {
    let (stamp, value) = (cpus[cpu].seenStamps[location], cpus[cpu].seenValues[location])
    return places[location].messages.first { $0.stamp > stamp && $0.value != value }
  }

  /// Returns which of some locations have changed since a CPU read them, one bit each.
  func changed(for cpu: Int, among seen: UInt32) -> UInt32 {
    var changed: UInt32 = 0
    forEachBit(UInt64(seen)) { location in
      if hasChanged(location, for: cpu) { changed |= 1 << UInt32(location) }
    }
    return changed
  }

  /// Returns in how many ways a pause can end: under release/acquire, one for each changed location, to be read again.
  func relaxChoices(of cpu: Int) -> Int {
    if cpus[cpu].operation.isQuiet { return 0 }
    if !cpus[cpu].outlook.isWait { return 1 }
    let changed = changed(for: cpu, among: cpus[cpu].seen).nonzeroBitCount
    return model == .releaseAcquire ? changed : min(changed, 1)
  }

  /// Whether a look has been repeated so often that it counts as a loop that waits.
  func isWaitingInDisguise(_ cpu: Int) -> Bool {
    isOneMoreLook(cpu) && cpus[cpu].outlook.isWait && changed(for: cpu, among: cpus[cpu].streak) == 0
  }

  /// Whether the next operation is one more look of a loop, after many that saw nothing new.
  func isOneMoreLook(_ cpu: Int) -> Bool {
    cpus[cpu].operation.kind != .relax && cpus[cpu].outlook != .leaves
  }

  /// Returns the locations, one bit each, that are read by the loop in which a CPU seems to be; 0 if in none.
  func watched(by cpu: Int) -> UInt32 {
    let operation = cpus[cpu].operation
    if operation.kind == .relax { return operation.isQuiet ? 0 : cpus[cpu].seen }
    guard cpus[cpu].rereads >= Limits.rereads, operation.kind == .load || operation.isUpdate,
      cpus[cpu].streak >> UInt32(operation.location) & 1 == 1
    else { return 0 }
    let isLook = operation.kind == .load || operation.isLook(cpus[cpu].seenValues[operation.location])
    return isLook ? cpus[cpu].streak : 0
  }

  /// Lets a loop that eventually gives up turn until it does, while nothing changes.
  mutating func turnUntilItGivesUp<P: Program>(_ cpu: Int, _ program: inout P) {
    var turns = 0
    while ending == nil, turns < Limits.stepsOfCode, let choice = choiceToSeeTheSame(cpu, &program) {
      takeTurn(cpu, choice: choice, &program)
      turns += 1
    }
  }

  /// Returns the choice by which a CPU's next operation sees what the CPU has already seen there, or nil.
  private mutating func choiceToSeeTheSame<P: Program>(_ cpu: Int, _ program: inout P) -> Int? {
    let operation = cpus[cpu].operation
    switch operation.kind {
    case .relax: return operation.isQuiet ? nil : -1
    case .fence: return operation.ordering.isSequential ? nil : 0
    case .load, .exchange, .compareExchange: break
    case .store, .add, .await, .park, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe,
      .holds, .call, .returns, .callback, .trap, .end:
      return nil
    }
    let location = operation.location
    guard cpus[cpu].seen >> UInt32(location) & 1 == 1, operation.isLook(cpus[cpu].seenValues[location]) else {
      return nil
    }
    guard model == .releaseAcquire else {
      return visibleValue(at: location, to: cpu) == cpus[cpu].seenValues[location] ? 0 : nil
    }
    let stamp = cpus[cpu].seenStamps[location]
    return (0..<ownChoices(of: cpu, &program)).first {
      let message = places[location].messages[read(choice: $0, by: cpu, &program)]
      return operation.isUpdate ? message.value == cpus[cpu].seenValues[location] : message.stamp == stamp
    }
  }

  /// Returns what the next operation of a process waits for, or nil if it does not wait.
  mutating func wait<P: Program>(of process: Int, _ program: inout P) -> Wait? {
    guard process < firstBuffer else { return nil }
    let isLoop = cpus[process].outlook.isWait
    switch cpus[process].operation.kind {
    case .await, .park: return waitForCondition(process, &program)
    case .relax where isLoop: return waitForChange(process, among: cpus[process].seen)
    case .load where isLoop, .exchange where isLoop, .compareExchange where isLoop:
      return waitForChange(process, among: cpus[process].streak)
    case .load, .store, .exchange, .add, .compareExchange, .relax, .fence, .cellRead, .cellWrite, .cellFree, .enter,
      .leave, .irqSave, .irqRestore, .observe, .holds, .call, .returns, .callback, .trap, .end:
      return nil
    }
  }

  private func waitForCondition<P: Program>(_ process: Int, _ program: inout P) -> Wait {
    let (code, node) = (cpus[process].code, cpus[process].node)
    let location = cpus[process].operation.location
    var wait = Wait(cpu: process, code: code, node: node, isAwait: true, locations: 1 << location)
    guard hasViews else { return wait }
    let oldest = cpus[process].view[location]
    for message in places[location].messages where message.stamp >= oldest {
      if program.isSatisfied(at: node, by: message.value, code: code) { wait.sources.append(message.step) }
    }
    return wait
  }

  private func waitForChange(_ process: Int, among seen: UInt32) -> Wait {
    let cpu = cpus[process]
    var wait = Wait(
      cpu: process, code: cpu.code, node: cpu.node, isAwait: false, locations: changed(for: process, among: seen),
      seenValues: cpu.seenValues)
    guard model == .releaseAcquire else { return wait }
    forEachBit(UInt64(seen)) { location in
      for message in places[location].messages
      where message.stamp > cpu.seenStamps[location] && message.value != cpu.seenValues[location] {
        wait.sources.append(message.step)
      }
    }
    return wait
  }
}

/// What a step had to wait for: enough to tell whether it could have come before another step.
struct Wait {
  var cpu: Int
  var code: Int
  var node: Int
  /// Whether it waits for a condition on one location, rather than for a change at any of several.
  var isAwait: Bool
  /// The location of the condition, or the locations that have changed, one bit each.
  var locations: UInt32
  var seenValues = SIMD32<Int>.zero
  /// Under release/acquire: the steps that stored the values it may go on with; -1 for the set-up.
  var sources: [Int] = []
}
