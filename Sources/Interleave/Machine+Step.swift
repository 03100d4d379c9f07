// Carrying operations out.

extension Machine {
  /// Lets a process take a step, then runs its CPU to the next point where others may be interleaved.
  mutating func step<P: Program>(_ process: Int, choice: Int, isForced: Bool = false, _ program: inout P) {
    beginStep()
    if process >= firstBuffer { return flush(process - firstBuffer) }
    let own = isForced ? 1 : ownChoices(of: process, &program)
    if choice >= own {
      // If another CPU's store had let this one go on, the interrupt could have come later.
      if own == 0 { touched.reads = touch(by: process).reads }
      beginInterrupt(choice - own, on: process, &program)
    } else {
      touched = touch(by: process)
      if isForced { cpus[process].forcedPasses += 1 }
      let mayGiveUp = cpus[process].outlook == .leavesLate
      takeTurn(process, choice: isForced ? -1 : choice, &program)
      guard ending == nil else { return }
      if mayGiveUp { turnUntilItGivesUp(process, &program) }
    }
    runLocally(process, &program)
  }

  /// Performs the next operation of a CPU and tells its code the result.
  mutating func takeTurn<P: Program>(_ cpu: Int, choice: Int, _ program: inout P) {
    let result = perform(cpu, choice: choice, &program)
    if ending == nil { goOn(cpu, result, &program) }
  }

  /// Returns what the next operation of a process reads and writes; what it only might write counts as written.
  func touch(by process: Int) -> Touched {
    if process >= firstBuffer {
      guard let pending = cpus[process - firstBuffer].buffer.first else { return Touched() }
      return Touched(writes: 1 << UInt64(pending.location))
    }
    let operation = cpus[process].operation
    let bit: UInt64 = operation.isAtLocation ? 1 << UInt64(operation.location) : 0
    switch operation.kind {
    case .load where isOneMoreLook(process):
      return Touched(reads: bit | UInt64(cpus[process].streak))
    case .exchange where isOneMoreLook(process), .compareExchange where isOneMoreLook(process):
      return Touched(reads: bit | UInt64(cpus[process].streak), writes: bit)
    case .load, .await, .park: return Touched(reads: bit)
    case .exchange, .add, .compareExchange: return Touched(reads: bit, writes: bit)
    case .store:
      let isBuffered = model == .totalStoreOrder && !operation.ordering.isSequential
      return isBuffered ? Touched() : Touched(writes: bit)
    case .fence:
      let isOrdered = model == .releaseAcquire && operation.ordering.isSequential
      return Touched(writes: isOrdered ? sequentialOrder : 0)
    case .relax: return Touched(reads: cpus[process].outlook == .leaves ? 0 : UInt64(cpus[process].seen))
    case .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe, .holds, .call, .returns,
      .callback, .trap, .end:
      return Touched()
    }
  }

  private mutating func flush(_ cpu: Int) {
    let pending = cpus[cpu].buffer.removeFirst()
    touched = Touched(writes: 1 << UInt64(pending.location))
    overwrite(pending.location, with: pending.message)
    let store = Operation(kind: .store, location: pending.location, operand: pending.message.value)
    events.append(Event(cpu: cpu, code: cpus[cpu].code, action: .flush, operation: store, result: 0))
  }

  private mutating func beginInterrupt<P: Program>(_ number: Int, on cpu: Int, _ program: inout P) {
    var left = cpus[cpu].interruptsLeft
    for _ in 0..<number { left &= left - 1 }
    let interrupt = left.trailingZeroBitCount
    cpus[cpu].interruptsLeft &= ~(1 << UInt32(interrupt))
    cpus[cpu].interruptedNode = cpus[cpu].node
    cpus[cpu].code = cpus.count + interrupt
    cpus[cpu].seen = 0
    forgetStreak(cpu)
    let code = cpus[cpu].code
    events.append(
      Event(cpu: cpu, code: code, action: .interrupt, operation: Operation(kind: .end), result: interrupt))
    stand(cpu, at: program.unfolding.roots[code], program)
  }

  private mutating func stand<P: Program>(_ cpu: Int, at node: Int, _ program: P) {
    cpus[cpu].node = node
    cpus[cpu].outlook = .leaves
    cpus[cpu].operation = program.unfolding.nodes[node].operation
  }

  private mutating func goOn<P: Program>(_ cpu: Int, _ result: Int, _ program: inout P) {
    let next = program.next(after: cpus[cpu].node, result: result, code: cpus[cpu].code)
    guard next >= 0 else {
      ending = .broken
      return
    }
    stand(cpu, at: next, program)
  }

  /// Performs all operations before which no other process needs to be interleaved.
  mutating func runLocally<P: Program>(_ cpu: Int, _ program: inout P) {
    while ending == nil, !isSchedulingPoint(cpu) {
      switch cpus[cpu].operation.kind {
      case .end:
        guard cpus[cpu].interruptedNode >= 0 else { return }
        returnFromInterrupt(cpu, program)
      case .trap:
        guard hasTotalOrder() else { return }
        let (code, operation) = (cpus[cpu].code, cpus[cpu].operation)
        events.append(Event(cpu: cpu, code: code, action: .operation, operation: operation, result: 0))
        ending = .trap(cpu: cpu)
      case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax, .cellRead, .cellWrite,
        .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe, .holds, .call, .returns, .callback:
        takeTurn(cpu, choice: 0, &program)
      }
    }
    foresee(cpu, &program)
  }

  private mutating func returnFromInterrupt<P: Program>(_ cpu: Int, _ program: P) {
    let operation = Operation(kind: .end)
    events.append(Event(cpu: cpu, code: cpus[cpu].code, action: .operation, operation: operation, result: 0))
    cpus[cpu].code = cpu
    cpus[cpu].seen = 0
    forgetStreak(cpu)
    stand(cpu, at: cpus[cpu].interruptedNode, program)
    cpus[cpu].interruptedNode = -1
  }

  /// Whether others may be interleaved before the next operation: a pending interrupt may come before any step.
  private func isSchedulingPoint(_ cpu: Int) -> Bool {
    let operation = cpus[cpu].operation
    if isForNobody(operation) { return false }
    if operation.isSchedulingPoint || isFine && operation.isPlain { return true }
    guard operation.kind != .trap, !operation.isRemark else { return false }
    return interruptChoices(of: cpu) > 0
  }

  /// Whether an operation stores what no code ever reads, and orders nothing.
  private func isForNobody(_ operation: Operation) -> Bool {
    guard operation.kind == .store, unread >> UInt32(operation.location) & 1 == 1 else { return false }
    return model != .totalStoreOrder || !operation.ordering.isSequential
  }
}

// Operations.

extension Machine {
  /// Performs the next operation of a CPU and returns its result.
  ///
  /// - Parameter choice: -1 lets a CPU that waits for a change go on without one.
  private mutating func perform<P: Program>(_ cpu: Int, choice: Int, _ program: inout P) -> Int {
    let operation = cpus[cpu].operation
    let number = events.count
    events.append(
      Event(cpu: cpu, code: cpus[cpu].code, action: .operation, operation: operation, result: 0, choice: choice))
    let result: Int
    switch operation.kind {
    case .load, .await, .park: result = load(cpu, operation, max(choice, 0), &program)
    case .store: result = isForNobody(operation) ? 0 : store(cpu, operation, choice)
    case .exchange, .add, .compareExchange: result = update(cpu, operation, max(choice, 0), &program)
    case .fence: result = fence(cpu, operation.ordering)
    case .relax: result = relax(cpu, choice)
    case .cellRead, .cellWrite, .cellFree, .enter, .leave: result = access(cpu, operation)
    case .irqSave:
      result = cpus[cpu].letsInterruptsIn ? 1 : 0
      cpus[cpu].letsInterruptsIn = false
    case .irqRestore:
      cpus[cpu].letsInterruptsIn = operation.operand != 0
      result = 0
    case .call:
      cpus[cpu].calls += 1
      result = 0
    case .returns:
      cpus[cpu].calls -= 1
      result = 0
    case .observe, .holds, .callback, .trap, .end: result = 0
    }
    events[number].result = result
    if !operation.isLook(result) { forgetStreak(cpu) }
    return result
  }

  private mutating func load<P: Program>(
    _ cpu: Int, _ operation: Operation, _ choice: Int, _ program: inout P
  ) -> Int {
    let location = operation.location
    if let own = cpus[cpu].buffer.last(where: { $0.location == location }) {
      remember(cpu, location, own.message)
      return own.message.value
    }
    let chosen = model == .releaseAcquire ? read(choice: choice, by: cpu, &program) : 0
    let message = places[location].messages[chosen]
    lookBack(to: chosen, at: location)
    remember(cpu, location, message)
    synchronize(cpu, with: message, operation.ordering)
    note(cpu, operation, read: message.stamp)
    return message.value
  }

  /// Notes that the value read, or the one stored after, is not the last of its location.
  private mutating func lookBack(to index: Int, at location: Int) {
    if index < places[location].messages.count - 1 { hasLookedBack = true }
  }

  /// Counts how often in a row the same value was seen, and keeps what was seen.
  private mutating func remember(_ cpu: Int, _ location: Int, _ message: Message) {
    let bit: UInt32 = 1 << UInt32(location)
    let isSame = cpus[cpu].seen & bit != 0 && cpus[cpu].seenValues[location] == message.value
    if isSame {
      cpus[cpu].rereads += 1
      cpus[cpu].streak |= bit
    } else {
      forgetStreak(cpu)
    }
    cpus[cpu].seen |= bit
    cpus[cpu].seenValues[location] = message.value
    cpus[cpu].seenStamps[location] = message.stamp
  }

  private mutating func forgetStreak(_ cpu: Int) {
    cpus[cpu].rereads = 0
    cpus[cpu].streak = 0
  }

  private mutating func synchronize(_ cpu: Int, with message: Message, _ ordering: Ordering) {
    let clock = message.released
    cpus[cpu].toAcquire = pointwiseMax(cpus[cpu].toAcquire, clock)
    if ordering.acquires { cpus[cpu].now = pointwiseMax(cpus[cpu].now, clock) }
    guard hasViews else { return }
    let location = cpus[cpu].operation.location
    cpus[cpu].viewToAcquire = pointwiseMax(cpus[cpu].viewToAcquire, message.view)
    if ordering.acquires { cpus[cpu].view = pointwiseMax(cpus[cpu].view, message.view) }
    cpus[cpu].view[location] = max(cpus[cpu].view[location], message.stamp)
  }

  private mutating func store(_ cpu: Int, _ operation: Operation, _ choice: Int) -> Int {
    let location = operation.location
    var message = Message(value: operation.operand)
    message.released = operation.ordering.releases ? cpus[cpu].now : cpus[cpu].releaseFence
    let time = accesses.count
    note(cpu, operation)
    // What this CPU does from here on is not released by this store.
    cpus[cpu].now[cpu] &+= 1
    switch model {
    case .sequential: overwrite(location, with: message)
    case .totalStoreOrder where operation.ordering.isSequential: overwrite(location, with: message)
    case .totalStoreOrder: cpus[cpu].buffer.append(Pending(location: location, message: message, since: .zero))
    case .releaseAcquire:
      message.view = operation.ordering.releases ? cpus[cpu].view : cpus[cpu].releaseFenceView
      put(&message, behind: gap(choice: choice, for: cpu), cpu, operation)
      accesses[time].stored = message.stamp
    }
    own(cpu, location, message)
    return 0
  }

  private mutating func update<P: Program>(
    _ cpu: Int, _ operation: Operation, _ choice: Int, _ program: inout P
  ) -> Int {
    let location = operation.location
    let index = model == .releaseAcquire ? read(choice: choice, by: cpu, &program) : 0
    let found = places[location].messages[index]
    if operation.kind == .compareExchange, found.value != operation.expected {
      touched.writes = 0
      lookBack(to: index, at: location)
      synchronize(cpu, with: found, .relaxed)
      var load = operation
      load.ordering = .relaxed
      note(cpu, load, read: found.stamp)
      remember(cpu, location, found)
      return found.value
    }
    synchronize(cpu, with: found, operation.ordering)
    let sum = operation.kind == .add ? found.value &+ operation.operand : operation.operand
    var message = Message(value: sum)
    message.released = operation.ordering.releases ? cpus[cpu].now : cpus[cpu].releaseFence
    message.released = pointwiseMax(message.released, found.released)
    let time = accesses.count
    note(cpu, operation, read: found.stamp)
    cpus[cpu].now[cpu] &+= 1
    if model == .releaseAcquire {
      message.view = operation.ordering.releases ? cpus[cpu].view : cpus[cpu].releaseFenceView
      message.view = pointwiseMax(message.view, found.view)
      places[location].messages[index].isTaken = true
      put(&message, behind: index, cpu, operation)
      accesses[time].stored = message.stamp
    } else {
      overwrite(location, with: message)
    }
    own(cpu, location, message)
    return found.value
  }

  /// Puts a new value into the modification order.
  private mutating func put(_ message: inout Message, behind index: Int, _ cpu: Int, _ operation: Operation) {
    let location = operation.location
    lookBack(to: index, at: location)
    let below = places[location].messages[index].stamp
    if index + 1 < places[location].messages.count {
      message.stamp = below + (places[location].messages[index + 1].stamp - below) / 2
      if message.stamp == below { ending = .tooLong }
    } else {
      message.stamp = below + 1 << 16
    }
    message.view[location] = message.stamp
    cpus[cpu].view[location] = message.stamp
    message.step = steps - 1
    places[location].messages.insert(message, at: index + 1)
  }

  /// A CPU has seen what it wrote itself.
  private mutating func own(_ cpu: Int, _ location: Int, _ message: Message) {
    guard cpus[cpu].operation.isUpdate else {
      cpus[cpu].seenValues[location] = message.value
      cpus[cpu].seenStamps[location] = message.stamp
      return
    }
    remember(cpu, location, message)
  }

  private mutating func fence(_ cpu: Int, _ ordering: Ordering) -> Int {
    if ordering.acquires {
      cpus[cpu].now = pointwiseMax(cpus[cpu].now, cpus[cpu].toAcquire)
      if hasViews { cpus[cpu].view = pointwiseMax(cpus[cpu].view, cpus[cpu].viewToAcquire) }
    }
    note(cpu, Operation(kind: .fence, ordering: ordering))
    if ordering.isSequential, hasViews {
      sequentialView = pointwiseMax(sequentialView, cpus[cpu].view)
      cpus[cpu].view = sequentialView
    }
    if ordering.releases {
      cpus[cpu].releaseFence = cpus[cpu].now
      if hasViews { cpus[cpu].releaseFenceView = cpus[cpu].view }
      cpus[cpu].now[cpu] &+= 1
    }
    return 0
  }

  /// Forgets what was seen; under release/acquire, the chosen location is read again from its first changed value on.
  ///
  /// If the loop does not wait, it does nothing.
  private mutating func relax(_ cpu: Int, _ choice: Int) -> Int {
    guard cpus[cpu].operation.isQuiet || cpus[cpu].outlook.isWait else { return 0 }
    if model == .releaseAcquire, choice >= 0, cpus[cpu].seen != 0 {
      var changed = changed(for: cpu, among: cpus[cpu].seen)
      for _ in 0..<choice { changed &= changed - 1 }
      let location = changed.trailingZeroBitCount
      if let next = firstChange(at: location, for: cpu) {
        cpus[cpu].view[location] = max(cpus[cpu].view[location], next.stamp)
      }
    }
    cpus[cpu].seen = 0
    return 0
  }
}
