// What can happen next.

extension Machine {
  /// The maximum number of processes.
  static var processes: Int { firstBuffer * 2 }

  /// Returns one bit for each process that can take a step.
  mutating func enabled<P: Program>(_ program: inout P) -> UInt32 {
    var enabled: UInt32 = 0
    for cpu in cpus.indices {
      if choices(of: cpu, &program) > 0 { enabled |= 1 << UInt32(cpu) }
      if !cpus[cpu].buffer.isEmpty { enabled |= 1 << UInt32(firstBuffer + cpu) }
    }
    return enabled == 0 ? forcible : enabled
  }

  /// The CPU that may turn once more when no process can go on, the harness first.
  ///
  /// It waits for that moment, or turns in a loop that may give up after some turns.
  private var forcible: UInt32 {
    let candidates = cpus.indices.filter {
      mayTurn($0) && (cpus[$0].operation.isQuiet || cpus[$0].forcedPasses < Limits.forcedPasses)
    }
    let first = candidates.first { cpus[$0].calls == 0 } ?? candidates.first
    return first.map { 1 << UInt32($0) } ?? 0
  }

  /// Whether a CPU may go on although nothing has changed: it waits for exactly that, or it may or may not give up.
  func mayTurn(_ cpu: Int) -> Bool {
    guard cpu < firstBuffer else { return false }
    return cpus[cpu].operation.isQuiet || cpus[cpu].outlook == .isUnknown && watched(by: cpu) != 0
  }

  /// Returns in how many ways a process can go on; 0 if it cannot.
  mutating func choices<P: Program>(of process: Int, _ program: inout P) -> Int {
    guard process < firstBuffer else { return cpus[process - firstBuffer].buffer.isEmpty ? 0 : 1 }
    return ownChoices(of: process, &program) + interruptChoices(of: process)
  }

  /// Returns in how many ways an interrupt can come first.
  func interruptChoices(of cpu: Int) -> Int {
    guard cpus[cpu].interruptedNode < 0, cpus[cpu].letsInterruptsIn else { return 0 }
    return cpus[cpu].interruptsLeft.nonzeroBitCount
  }

  /// Returns in how many ways a CPU's next operation can be done; 0 if it waits or is done.
  mutating func ownChoices<P: Program>(of cpu: Int, _ program: inout P) -> Int {
    let operation = cpus[cpu].operation
    switch operation.kind {
    case .await, .park: return model == .releaseAcquire ? readable(by: cpu, &program) : awaits(cpu, &program) ? 1 : 0
    case .load: return isWaitingInDisguise(cpu) ? 0 : model == .releaseAcquire ? readable(by: cpu, &program) : 1
    case .relax: return relaxChoices(of: cpu)
    case .exchange where isWaitingInDisguise(cpu), .compareExchange where isWaitingInDisguise(cpu): return 0
    case .exchange, .add, .compareExchange:
      if model == .totalStoreOrder { return cpus[cpu].buffer.isEmpty ? 1 : 0 }
      return model == .releaseAcquire ? readable(by: cpu, &program) : 1
    case .store:
      if model == .totalStoreOrder { return operation.ordering.isSequential && !cpus[cpu].buffer.isEmpty ? 0 : 1 }
      return model == .releaseAcquire ? gaps(for: cpu) : 1
    case .fence:
      let mustDrain = model == .totalStoreOrder && operation.ordering.isSequential
      return mustDrain && !cpus[cpu].buffer.isEmpty ? 0 : 1
    case .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore: return 1
    case .observe, .holds, .call, .returns, .callback: return 1
    case .trap, .end: return 0
    }
  }

  private func awaits<P: Program>(_ cpu: Int, _ program: inout P) -> Bool {
    let value = visibleValue(at: cpus[cpu].operation.location, to: cpu)
    return program.isSatisfied(at: cpus[cpu].node, by: value, code: cpus[cpu].code)
  }

  /// Under SC and TSO, returns what a CPU sees at a location: its own latest store, or memory.
  func visibleValue(at location: Int, to cpu: Int) -> Int {
    for pending in cpus[cpu].buffer.reversed() where pending.location == location { return pending.message.value }
    return places[location].messages[places[location].messages.count - 1].value
  }
}

// Release and acquire: which values may be read, and between which values a new one may be put.

extension Machine {
  /// Returns the oldest stamp that an operation of a CPU may see at its location.
  private func floor(for cpu: Int) -> UInt32 { cpus[cpu].view[cpus[cpu].operation.location] }

  private mutating func readable<P: Program>(by cpu: Int, _ program: inout P) -> Int {
    var count = 0
    let oldest = floor(for: cpu)
    let messages = places[cpus[cpu].operation.location].messages.count
    for index in stride(from: messages - 1, through: 0, by: -1) {
      guard places[cpus[cpu].operation.location].messages[index].stamp >= oldest else { break }
      if mayRead(index, cpu, &program) { count += 1 }
    }
    return count
  }

  /// Returns the index of the value that a choice reads; choice 0 reads the latest that may be read.
  mutating func read<P: Program>(choice: Int, by cpu: Int, _ program: inout P) -> Int {
    var left = choice
    for index in places[cpus[cpu].operation.location].messages.indices.reversed()
    where mayRead(index, cpu, &program) {
      if left == 0 { return index }
      left -= 1
    }
    preconditionFailure("choice \(choice) of CPU \(cpu) reads nothing")
  }

  private func mayRead<P: Program>(_ index: Int, _ cpu: Int, _ program: inout P) -> Bool {
    let operation = cpus[cpu].operation
    let message = places[operation.location].messages[index]
    switch operation.kind {
    case .load: return message.stamp >= max(floor(for: cpu), rereadFloor(for: cpu))
    case .await, .park:
      guard message.stamp >= floor(for: cpu) else { return false }
      return program.isSatisfied(at: cpus[cpu].node, by: message.value, code: cpus[cpu].code)
    case .exchange, .add: return message.stamp >= floor(for: cpu) && !message.isTaken
    case .compareExchange:
      // A failed one is a relaxed load.
      if message.value != operation.expected {
        return message.stamp >= max(floor(for: cpu), rereadFloor(for: cpu))
      }
      return message.stamp >= floor(for: cpu) && !message.isTaken
    case .store, .fence, .relax, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe,
      .holds, .call, .returns, .callback, .trap, .end:
      return false
    }
  }

  /// The oldest stamp that a loop may see: once there is another value, it has seen the stale one often enough.
  private func rereadFloor(for cpu: Int) -> UInt32 {
    guard isOneMoreLook(cpu), cpus[cpu].outlook.isWait else { return 0 }
    return firstChange(at: cpus[cpu].operation.location, for: cpu)?.stamp ?? 0
  }

  private func mayFollow(_ message: Message, _ cpu: Int) -> Bool {
    message.stamp >= floor(for: cpu) && !message.isTaken
  }

  private func gaps(for cpu: Int) -> Int {
    var count = 0
    for message in places[cpus[cpu].operation.location].messages where mayFollow(message, cpu) { count += 1 }
    return count
  }

  /// Returns the index of the value after which a choice puts the new one; choice 0 puts it last.
  func gap(choice: Int, for cpu: Int) -> Int {
    var left = choice
    let messages = places[cpus[cpu].operation.location].messages
    for index in messages.indices.reversed() where mayFollow(messages[index], cpu) {
      if left == 0 { return index }
      left -= 1
    }
    preconditionFailure("choice \(choice) of CPU \(cpu) stores nowhere")
  }
}
