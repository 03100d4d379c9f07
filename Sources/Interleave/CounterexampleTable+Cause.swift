// Why an execution is wrong, in plain words.

extension CounterexampleTable {
  /// One or two sentences: what is wrong, and what made it possible.
  static func cause(
    _ counterexample: Counterexample, _ replay: Replay, _ unfolding: Unfolding, _ model: MemoryModel
  ) -> String {
    let what = counterexample.complaint ?? sentence(counterexample.execution.ending, replay, unfolding)
    let made = circumstance(replay, unfolding, model).map { "; \($0)" } ?? ""
    return "under \(model.name): \(what)\(made)"
  }

  private static func sentence(_ ending: Ending, _ replay: Replay, _ unfolding: Unfolding) -> String {
    switch ending {
    case .deadlock(let stuck): stuck.map { waiting($0, replay, unfolding) }.joined(separator: "; ")
    case .livelock: "after \(Limits.stepsOfExecution) steps there is no end in sight, the CPUs run in circles" + advice
    case .race(let location, let cpu, let other): race(location, cpu, other, replay, unfolding)
    case .useAfterFree(let cell, let cpu): "CPU \(cpu) uses \(unfolding.name(cell)) after it was freed"
    case .mutualExclusion(let section, let cpu, let other):
      cpu == other
        ? "CPU \(cpu) enters \(unfolding.name(section)) although it is in it"
        : "CPU \(cpu) enters \(unfolding.name(section)) while CPU \(other) is in it"
    case .strayLeave(let section, let cpu): "CPU \(cpu) leaves \(unfolding.name(section)) without being in it"
    case .trap(let cpu): "CPU \(cpu) " + (replay.frames.last.map { trap($0.event.operation) } ?? "traps")
    case .complete, .broken, .tooLong, .redundant: "nothing is wrong with it"
    }
  }

  private static func trap(_ operation: Operation) -> String {
    let cause = TrapCause(rawValue: operation.operand)
    return (cause?.words ?? "breaks off") + (cause == .tooLong ? advice : "")
  }

  /// Most often it is a loop that looks again and again, and the search cannot tell it from work.
  private static let advice = ": a loop that waits must say so, by spin(until:) or cpuRelax()"

  private static func waiting(_ cpu: Int, _ replay: Replay, _ unfolding: Unfolding) -> String {
    let operation = replay.pending[cpu]
    if operation.kind == .park { return "CPU \(cpu) sleeps for ever: nobody is left to wake it" }
    guard let location = replay.awaited(by: cpu) else { return "CPU \(cpu) waits for ever" }
    return "CPU \(cpu) waits for ever for \(unfolding.name(location)), which stays \(replay.values[location])"
  }

  /// A data race, and the synchronization that should have ordered the two.
  private static func race(
    _ location: Int, _ cpu: Int, _ other: Int, _ replay: Replay, _ unfolding: Unfolding
  ) -> String {
    let kind = replay.frames.last?.event.operation.kind
    let verb = kind == .cellRead ? "reads" : kind == .cellFree ? "frees" : "writes"
    let isSection = replay.frames.contains {
      $0.event.operation.kind == .enter && $0.event.operation.location == location
    }
    let name = unfolding.name(location)
    let what =
      isSection
      ? "CPU \(cpu) enters \(name), and nothing orders that after CPU \(other)'s leaving it"
      : "data race: CPU \(cpu) \(verb) \(name), and nothing orders that after what CPU \(other) did to it"
    guard let handOver = handOver(from: other, to: cpu, replay) else { return what }
    let (store, load) = (replay.frames[handOver.store].event.operation, replay.frames[handOver.load].event.operation)
    let place = unfolding.name(load.location)
    let isFenced = replay.frames[..<handOver.store].contains { $0.isFence(of: other, \.releases) }
    if !store.ordering.releases, !isFenced { return what + ": CPU \(other)'s store to \(place) does not release" }
    let isAcquired = replay.frames[handOver.load...].contains { $0.isFence(of: cpu, \.acquires) }
    if !load.ordering.acquires, !isAcquired { return what + ": CPU \(cpu)'s look at \(place) does not acquire" }
    return what
  }

  /// The frames without which the cause cannot be followed.
  static func telling(_ replay: Replay) -> Set<Int> {
    var telling = Set(
      replay.frames.indices.filter { replay.frames[$0].latest != nil || replay.frames[$0].isPastBuffer })
    telling.insert(replay.frames.count - 1)
    if case .race(_, let cpu, let other) = replay.ending, let handOver = handOver(from: other, to: cpu, replay) {
      telling.formUnion([handOver.store, handOver.load])
    }
    return telling
  }

  /// The last value that one CPU read of another's, as the frames of the store and of the load.
  private static func handOver(from other: Int, to cpu: Int, _ replay: Replay) -> (store: Int, load: Int)? {
    for (index, frame) in replay.frames.enumerated().reversed() {
      let load = frame.event
      // An old value was stored by somebody else, or by the same one earlier.
      guard load.cpu == cpu, load.action == .operation, load.operation.isRead, frame.latest == nil else { continue }
      let store = replay.frames[..<index].lastIndex { candidate in
        let operation = candidate.event.operation
        return candidate.event.action == .operation && operation.location == load.operation.location
          && operation.isAtLocation && (operation.kind == .store || operation.isUpdate) && !operation.isPlain
      }
      if let store, replay.frames[store].event.cpu == other { return (store, index) }
    }
    return nil
  }

  /// What a memory model weaker than the plainest contributed.
  private static func circumstance(_ replay: Replay, _ unfolding: Unfolding, _ model: MemoryModel) -> String? {
    switch model {
    case .sequential: return nil
    case .totalStoreOrder:
      for frame in replay.frames where frame.isPastBuffer {
        let buffer = frame.buffers[frame.event.cpu]
        guard let late = buffer.first(where: { $0.location != frame.event.operation.location }) else { continue }
        let read = unfolding.name(frame.event.operation.location)
        return
          "CPU \(frame.event.cpu) read \(read) while its store to \(unfolding.name(late.location)) still waited in "
          + "its buffer: only a full fence between the two forbids that"
      }
      return nil
    case .releaseAcquire:
      guard let stale = replay.frames.first(where: { $0.latest != nil }), let latest = stale.latest else { return nil }
      let name = unfolding.name(stale.event.operation.location)
      let newer = latest == stale.event.result ? "it had been stored to since" : "\(latest) had been stored"
      return "CPU \(stale.event.cpu) read \(name) = \(stale.event.result) although \(newer): nothing "
        + "that it had synchronized with made the newer value visible"
    }
  }
}
