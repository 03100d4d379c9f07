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
    case .livelock: "no end in sight after \(Limits.stepsOfExecution) steps, the CPUs are going in circles" + advice
    case .race(let location, let cpu, let other): race(location, cpu, other, replay, unfolding)
    case .useAfterFree(let cell, let cpu): "CPU \(cpu) uses \(unfolding.name(cell)) after it was freed"
    case .mutualExclusion(let section, let cpu, let other):
      cpu == other
        ? "CPU \(cpu) enters \(unfolding.name(section)) while already in it"
        : "CPU \(cpu) enters \(unfolding.name(section)) while CPU \(other) is in it"
    case .strayLeave(let section, let cpu): "CPU \(cpu) leaves \(unfolding.name(section)) without being in it"
    case .trap(let cpu): "CPU \(cpu) " + (replay.frames.last.map { trap($0.event, unfolding) } ?? "traps")
    case .complete, .broken, .tooLong, .redundant: "no errors"
    }
  }

  private static func trap(_ event: Event, _ unfolding: Unfolding) -> String {
    let cause = TrapCause(rawValue: event.operation.operand)
    return (cause?.words ?? "stops") + unfolding.lineWords(of: event)
      + (unfolding.reason(of: event.operation).map { ": \($0)" } ?? "") + (cause == .tooLong ? advice : "")
  }

  /// Most often the cause is a polling loop, which the search cannot tell from work.
  private static let advice = ": a loop that waits must say so, with spin(until:) or cpuRelax()"

  private static func waiting(_ cpu: Int, _ replay: Replay, _ unfolding: Unfolding) -> String {
    let operation = replay.pending[cpu]
    if operation.kind == .park { return "CPU \(cpu) sleeps forever: no CPU is left to wake it" }
    guard let location = replay.awaited(by: cpu) else { return "CPU \(cpu) waits forever" }
    return "CPU \(cpu) waits forever for \(unfolding.name(location)), which stays \(replay.values[location])"
  }

  /// Describes a data race, and the synchronization that should have ordered the two accesses.
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
      ? "CPU \(cpu) enters \(name), not ordered after CPU \(other)'s exit"
      : "data race: CPU \(cpu) \(verb) \(name), not ordered after CPU \(other)'s access"
    guard let first = lastAccess(of: other, to: location, replay) else { return what }
    let missing = MissingOrder(from: first, to: replay.frames.count - 1, in: replay, allowsReversal: false)
    return what + (missing.map { ": " + $0.words(replay, unfolding) } ?? "")
  }

  /// Returns a CPU's last use of a place in plain memory that must be ordered before the final event; two reads need no
  /// order.
  private static func lastAccess(of cpu: Int, to location: Int, _ replay: Replay) -> Int? {
    let isRead = replay.frames.last?.event.operation.kind == .cellRead
    return replay.frames.dropLast().lastIndex { frame in
      let operation = frame.event.operation
      return frame.event.cpu == cpu && operation.isPlain && operation.location == location
        && !(isRead && operation.kind == .cellRead)
    }
  }

  /// The frames that a reader needs to follow the cause.
  static func telling(_ replay: Replay) -> Set<Int> {
    var telling = Set(
      replay.frames.indices.filter {
        replay.frames[$0].latest != nil || replay.frames[$0].successor != nil || replay.frames[$0].isPastBuffer
      })
    telling.insert(replay.frames.count - 1)
    if case .race(let location, _, let other) = replay.ending,
      let first = lastAccess(of: other, to: location, replay),
      let missing = MissingOrder(from: first, to: replay.frames.count - 1, in: replay, allowsReversal: false)
    {
      telling.formUnion(missing.events)
    } else if let surprise = Surprise(replay) {
      telling.formUnion(surprise.events)
    }
    return telling
  }

  /// What a memory model weaker than sequential consistency contributed.
  private static func circumstance(_ replay: Replay, _ unfolding: Unfolding, _ model: MemoryModel) -> String? {
    switch model {
    case .sequential: return nil
    case .totalStoreOrder:
      for frame in replay.frames where frame.isPastBuffer {
        let buffer = frame.buffers[frame.event.cpu]
        guard let late = buffer.first(where: { $0.location != frame.event.operation.location }) else { continue }
        let store = replay.frames.first { store in
          store.event.cpu == frame.event.cpu && store.event.writes && store.event.operation.location == late.location
            && store.event.operation.operand == late.value
        }
        let read = unfolding.name(frame.event.operation.location) + unfolding.lineWords(of: frame.event)
        let stored = unfolding.name(late.location) + (store.map { unfolding.lineWords(of: $0.event) } ?? "")
        return
          "CPU \(frame.event.cpu) read \(read) while its store to \(stored) still waited in its buffer: only a full "
          + "fence between the two forbids that"
      }
      return nil
    case .releaseAcquire: return Surprise(replay)?.words(replay, unfolding)
    }
  }
}
