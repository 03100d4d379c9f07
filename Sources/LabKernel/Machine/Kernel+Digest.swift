// What a state is where every schedule is explored: everything that can still make a difference, and nothing else.
//
// Each table says what it adds, next to its properties. Left out are what no task can notice (clocks and accounts, rows
// of tables and the order in which they are used again, page frames, scheduling classes), and what follows from
// the rest. `Tests/LabKernelTests/Machine/StateDigestTests` names each stored property of these tables.

extension Kernel {
  /// The fingerprint of the state, without what has been printed and how tasks have ended; it is not finished.
  ///
  /// Tasks are named by their lineage, so two states that differ only in the order in which tasks were born are the
  /// same, unless the plan says that pids matter.
  /// - Complexity: O(tasks + bytes of memory + descriptors).
  package func digest(_ plan: ExplorationPlan) -> StateDigest {
    var digest = StateDigest()
    if plan.heedsPIDs { pids.digest(into: &digest) }
    files.digest(into: &digest)
    terminal.digest(into: &digest)
    if plan.heedsFiles { tree.digest(into: &digest) }
    locks.digest(into: &digest, tasks)
    for row in TaskID.initial.index + 1..<tasks.count where tasks[TaskID(row)].state != .dead {
      digest.insert(part(of: TaskID(row), plan))
    }
    memory.addShared(to: &digest)
    addPipes(to: &digest)
    if !events.isEmpty { addEvents(to: &digest, plan) }
    return digest
  }

  /// What a task, and the memory that it shares, add to the fingerprint.
  func parts(around id: TaskID, _ plan: ExplorationPlan) -> StateDigest {
    var parts = part(of: id, plan)
    memory.addShared(tasks[id].memory, to: &parts)
    return parts
  }

  private func part(of id: TaskID, _ plan: ExplorationPlan) -> StateDigest {
    var part = StateDigest()
    tasks[id].digest(into: &part, tasks, plan)
    if plan.heedsPIDs { part.combine(Int(tasks[id].pid)) }
    scheduling[id].digest(into: &part)
    groups[tasks[id].group].digest(into: &part, tasks, groups, plan)
    if tasks[id].handlers != .none { addHandlers(of: id, to: &part) }
    if tasks[id].deadline != nil { part.combine(plan.isTimed ? deadline(of: id) : 1) }
    files.digest(tasks[id].files, into: &part)
    if plan.heedsFiles { contexts.digest(tasks[id].fs, into: &part) }
    memory.digest(tasks[id].memory, into: &part)
    part.combine(place(of: tasks[id].sleep))
    return part.finished
  }

  private func addHandlers(of id: TaskID, to part: inout StateDigest) {
    let handlers = tasks[id].handlers
    part.combine(signalHandlers.users(of: handlers) > 1 ? handlers.index : -1)
    signalHandlers[handlers]?.digest(into: &part)
  }

  private func deadline(of id: TaskID) -> Int { tasks[id].deadline.map { Int(($0 - now).nanoseconds) } ?? 0 }

  /// The queue in which a task sleeps, as a number that does not depend on the row of the queue.
  private func place(of sleep: Sleep) -> UInt64 {
    let before = UInt64(tasks[sleep.previous].lineage) << 32
    return switch owner(of: sleep.queue) {
    case nil: 0
    case .children: before | 1
    case .pipe(let pipe, .read): before | UInt64(pipe.index) << 8 | 2
    case .pipe(let pipe, .write): before | UInt64(pipe.index) << 8 | 3
    case .mutex(let mutex): before | UInt64(mutex.index) << 8 | 4
    case .futex(let address): before ^ UInt64(truncatingIfNeeded: address) << 8 | 5
    }
  }

  private func addPipes(to digest: inout StateDigest) {
    for row in pipes.indices {
      guard let pipe = pipes[Handle(row)]?.pipe else { continue }
      guard let simple = pipe as? SimplePipe else {
        preconditionFailure("every schedule is explored with the baseline")
      }
      var part = StateDigest()
      part.combine(row)
      simple.digest(into: &part)
      digest.insert(part.finished)
    }
  }

  private func addEvents(to digest: inout StateDigest, _ plan: ExplorationPlan) {
    for event in events.unordered {
      var part = StateDigest()
      switch event.what {
      case .cpu: continue
      case .timer(let task, let sleep):
        guard tasks[task].sleep.number == sleep else { continue }
        part.combine(1, tasks[task].lineage)
      case .arrival(let index): part.combine(2, UInt32(index))
      case .threadStart(let task): part.combine(3, tasks[task].lineage)
      }
      if plan.isTimed { part.combine(Int((event.time - now).nanoseconds)) }
      digest.insert(part.finished)
    }
  }
}

extension Task {
  /// Adds who it is and what it is doing to `digest`.
  @inline(__always)
  fileprivate func digest(into digest: inout StateDigest, _ tasks: TaskTable, _ plan: ExplorationPlan) {
    digest.combine(lineage, births)
    digest.combine(tasks[parent].lineage, stateCode)
    let reason: UInt32 =
      switch wakeReason {
      case nil: 0
      case .event: 1
      case .timeout: 2
      case .signal: 3
      }
    digest.combine(
      reason << 1 | (inSystemCall ? 1 : 0) | UInt32(work.rawValue) << 8 | (shouldStop ? 1 << 16 : 0),
      UInt32(truncatingIfNeeded: callProgress))
    digest.combine(tasks[vforkChild].lineage, tasks[vforkParent].lineage)
    digest.combine(pending.rawValue)
    digest.combine(blocked.rawValue)
    digest.combine(UInt32(exitSignal?.rawValue ?? 0), UInt32(parentDeathSignal?.rawValue ?? 0))
    digest.combine(clearChildTID)
    if plan.heedsPIDs {
      digest.combine(UInt32(truncatingIfNeeded: childNamespace.raw), UInt32(bitPattern: identity.raw))
    }
    credentials.digest(into: &digest)
    comm.digest(into: &digest)
    engine.digest(into: &digest, plan.flows)
    var child = firstChild
    while child != .idle {
      digest.combine(UInt64(tasks[child].lineage))
      child = tasks[child].nextSibling
    }
  }

  private var stateCode: UInt32 {
    switch state {
    case .runnable, .running: 0
    case .interruptible: 1
    case .uninterruptible: 2
    case .killable: 3
    case .stopped: 4
    case .dead: 5
    case .zombie(let status): 8 + UInt32(truncatingIfNeeded: status.waitStatus)
    }
  }
}

extension SchedulingEntity {
  /// Adds what tasks can ask for to `digest`.
  @inline(__always)
  fileprivate func digest(into digest: inout StateDigest) {
    digest.combine(
      UInt32(truncatingIfNeeded: priority) << 8 | UInt32(truncatingIfNeeded: nice + 20),
      UInt32(truncatingIfNeeded: realtimePriority) << 8 | UInt32(truncatingIfNeeded: policy.value))
  }
}

extension Credentials {
  /// Adds all of them to `digest`.
  @inline(__always)
  fileprivate func digest(into digest: inout StateDigest) {
    if isRoot && self == Credentials() { return digest.combine(0) }
    for number in [user, effectiveUser, savedUser, group, effectiveGroup, savedGroup] { digest.combine(Int(number)) }
  }
}

extension ThreadGroup {
  /// Adds what the threads of the process share to `digest`.
  @inline(__always)
  fileprivate func digest(
    into digest: inout StateDigest, _ tasks: TaskTable, _ groups: ThreadGroupTable, _ plan: ExplorationPlan
  ) {
    digest.combine(tasks[leader].lineage, UInt32(truncatingIfNeeded: threads << 16 | living))
    digest.combine(pending.rawValue)
    let flags = (isSubreaper ? 1 : 0) | (isUnkillable ? 2 : 0) | (hasExecuted ? 4 : 0)
    digest.combine(UInt32(flags), UInt32(truncatingIfNeeded: groupExit.map { $0.waitStatus + 1 } ?? 0))
    if stop != GroupStop() { stop.digest(into: &digest) }
    guard plan.heedsPIDs else { return }
    digest.combine(UInt32(bitPattern: processGroup.raw), UInt32(bitPattern: session.raw))
    digest.combine(nextInGroup == .none ? 0 : UInt64(tasks[groups[nextInGroup].leader].lineage))
  }
}

extension GroupStop {
  /// Adds all of it to `digest`.
  fileprivate func digest(into digest: inout StateDigest) {
    digest.combine((isStopped ? 1 : 0) | (isContinued ? 2 : 0), UInt32(truncatingIfNeeded: outstanding))
    digest.combine(UInt32(unreported?.rawValue ?? 0), UInt32(truncatingIfNeeded: notice?.rawValue ?? 0))
  }
}
