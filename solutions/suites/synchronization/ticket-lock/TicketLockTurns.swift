import LabHarness
import LabKernel
import SynchronizationChecks

/// Scenes in which CPUs wait in a known order.
enum TicketLockTurns {
  private typealias Step = TicketLockLab.Step

  /// Makes a scene in which CPU 0 keeps the lock until the CPUs of `line` wait, one after the other, and then acts.
  private static func line(
    _ line: [Int], holds: [Step] = [.lock], then steps: [Step], others: [Int: [Step]] = [:], order: [Int],
    protected: TicketLockLab.Protected = .presence
  ) -> TicketLockLab.Scene {
    var cpus: [[Step]] = Array(repeating: [.lock, .unlock], count: line.count + 1)
    cpus[0] = holds
    for (place, cpu) in line.enumerated() {
      cpus[0] += [.signal(place), .untilQuiet]
      cpus[cpu] = [.wait(place)] + (others[cpu] ?? [.lock, .unlock])
    }
    cpus[0] += steps
    return TicketLockLab.Scene(cpus, protected: protected, order: order)
  }

  /// The CPU that called lock() first acquires the lock first.
  static let scenes =
    lines + [TicketLockHistory.crowd(arrivals: 18)]
    + TicketLockHistory.drawn(.order, tries: false, 60, lengths: 6...28, seed: 1)

  /// tryLock() while other CPUs hold the lock, or wait for it.
  static let tries = triesInLine + TicketLockHistory.drawn(.order, tries: true, 60, lengths: 6...28, seed: 2)

  private static let lines = [
    // CPU 0 comes back while others wait.
    line([1], then: [.unlock, .lock, .unlock], order: [0, 1, 0]),
    line([1, 2], then: [.unlock], order: [0, 1, 2]),
    line([2, 1], then: [.unlock, .lock, .unlock], order: [0, 2, 1, 0]),
    line([1, 2, 3], then: [.unlock, .lock, .unlock], order: [0, 1, 2, 3, 0]),
    line([3, 1, 2], then: [.unlock], order: [0, 3, 1, 2]),
    // The holder has acquired the lock by tryLock(), and after others held it.
    line([1], holds: [.tryLock(.taken)], then: [.unlock, .lock, .unlock], order: [0, 1, 0]),
    line(
      [2, 1], holds: [.lock, .unlock, .tryLock(.taken), .unlock, .lock], then: [.unlock, .lock, .unlock],
      order: [0, 0, 0, 2, 1, 0]),
    // CPU 1 has tried in vain before it waits.
    line(
      [1, 2], then: [.unlock], others: [1: [.tryLock(.refused), .tryLock(.refused), .lock, .unlock]],
      order: [0, 1, 2]),
    line(
      [2, 1], then: [.unlock], others: [1: [.tryLock(.refused), .lock, .unlock]], order: [0, 2, 1]),
    // Interrupts are off where a CPU waits.
    line(
      [1, 2], then: [.unlock, .lock, .unlock], others: [1: [.irqSave, .lock, .unlock, .irqRestore]],
      order: [0, 1, 2, 0]),
    line(
      [1, 2], then: [.unlock, .lock, .unlock], others: [2: [.irqSave, .lock, .unlock, .irqRestore]],
      order: [0, 1, 2, 0]),
    line(
      [2, 1], then: [.unlock], others: [1: [.irqSave, .tryLock(.refused), .lock, .unlock, .irqRestore]],
      order: [0, 2, 1]),
    // CPUs that come at once, in whatever order.
    TicketLockLab.Scene([.rounds(1), .rounds(1), .rounds(1)], protected: .presence),
    // The same queue, twice.
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .unlock, .wait(1), .lock, .signal(2), .untilQuiet, .unlock, .lock, .unlock],
        [.wait(0), .lock, .unlock, .signal(1), .wait(2), .lock, .unlock],
      ], protected: .presence, order: [0, 1, 0, 1, 0]),
  ]

  private static let triesInLine = [
    // CPU 1 waits; CPU 2 tries, more than once, and leaves.
    TicketLockLab.Scene([
      [.lock, .signal(0), .untilQuiet, .signal(1), .wait(2), .unlock], [.wait(0), .lock, .unlock],
      [.wait(1)] + Array(repeating: .tryLock(.refused), count: 12) + [.signal(2)],
    ]),
    // It tries many times while the lock is held, and whatever that leaves behind shows when the lock is released.
    TicketLockLab.Scene([
      [.lock, .signal(0), .wait(1), .unlock, .lock, .unlock],
      [.wait(0)] + Array(repeating: .tryLock(.refused), count: 17) + [.signal(1), .lock, .unlock],
    ]),
    // All CPUs are queued, and the holder tries.
    TicketLockLab.Scene([
      [.lock, .signal(0), .untilQuiet, .tryLock(.refused), .unlock], [.wait(0), .lock, .unlock],
      [.wait(0), .lock, .unlock], [.wait(0), .lock, .unlock],
    ]),
    // CPU 1 stands still in the middle of a tryLock() until CPU 2 waits.
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .signal(1), .unlock], [.wait(0), .tryLock(.refused), .signal(2)],
        [.wait(0), .lock, .wait(2), .unlock],
      ], handlers: [[.wait(1)]], interrupted: 1, protected: .presence),
    // It tries while the lock is handed over.
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .unlock], [.wait(0), .lock, .unlock], [.wait(0), .tryLock(.any), .unlock],
      ],
      protected: .presence),
    // A CPU that tried in vain is queued.
    TicketLockLab.Scene(
      [[.lock, .signal(0), .wait(1), .unlock], [.wait(0), .tryLock(.refused), .signal(1), .lock, .unlock]],
      protected: .presence),
    // The holder itself tries, having acquired the lock by either call.
    TicketLockLab.Scene([[.lock, .tryLock(.refused), .unlock, .lock, .unlock]]),
    TicketLockLab.Scene([[.tryLock(.taken), .tryLock(.refused), .unlock, .tryLock(.taken), .unlock]]),
    // Two CPUs wait. A CPU that tries after the first hand-over does not overtake the second.
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock, .tryLock(.refused), .unlock, .signal(2)],
        [.wait(0), .lock, .unlock], [.wait(1), .lock, .wait(2), .unlock],
      ], protected: .presence, order: [0, 1, 2]),
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock],
        [.wait(0), .lock, .unlock, .tryLock(.refused), .unlock, .signal(2)], [.wait(1), .lock, .wait(2), .unlock],
      ], protected: .presence, order: [0, 1, 2]),
    // The lock changes hands between CPUs that wait, and CPU 0 tries again and again.
    TicketLockLab.Scene(
      [
        [.tryLock(.taken), .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock, .tryLock(.refused), .unlock]
          + [.tryLock(.refused), .unlock, .signal(2)],
        [.wait(1), .lock, .wait(2), .unlock], [.wait(0), .lock, .unlock],
      ], protected: .presence, order: [0, 2, 1]),
    // A handler on a CPU that waits tries.
    TicketLockScenes.handlerTriesInLine,
    // With interrupts off.
    TicketLockLab.Scene(
      [
        [.irqSave, .lock, .signal(0), .untilQuiet, .unlock, .tryLock(.refused), .irqRestore, .signal(2)],
        [.wait(0), .lock, .wait(2), .unlock],
      ], protected: .presence, order: [0, 1]),
    // A tryLock() fails, and the CPU that waits comes before the CPU that tried.
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock],
        [.wait(1), .tryLock(.refused), .lock, .unlock], [.wait(0), .lock, .unlock],
      ], protected: .presence, order: [0, 2, 1]),
  ]
}
