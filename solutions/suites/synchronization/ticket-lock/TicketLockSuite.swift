import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

/// The hidden checks of the ticket-lock lab.
package enum TicketLockSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = TicketLockChecks.suite(
    .hidden,
    [
      threeCPUs, handOver, firstComeFirstServed, tryInLine, tryAtOnce, tryHandOver, interrupts,
    ])

  private static let threeCPUs = TicketLockChecks.check(
    "three-cpus", "any number of CPUs may wait",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1), .rounds(1)], protected: .presence),
      TicketLockLab.Scene([.rounds(2), .rounds(1), .rounds(1)], protected: .presence),
      TicketLockLab.Scene([.rounds(4), .rounds(4)], protected: .presence),
      // Four, eight or sixteen places are used again, the first after a tryLock() has used it.
      usedAgain(2), usedAgain(6), usedAgain(14),
      // CPU 0 stands still in the middle of its unlock() until no other CPU can go on.
      stalled(rounds: 1), stalled(rounds: 3), stalled(rounds: 7),
      // All four wait at once, and come back.
      TicketLockLab.Scene(
        [[.lock, .signal(0), .untilQuiet, .unlock, .lock, .unlock]]
          + Array(repeating: [.wait(0), .lock, .unlock], count: 3),
        protected: .presence),
    ],
    also: TicketLockScenes.everyoneMayBeFirst)

  /// CPU 0 holds the lock after this many rounds and a `tryLock()`, and CPU 1 waits.
  private static func usedAgain(_ rounds: Int) -> TicketLockLab.Scene {
    TicketLockLab.Scene(
      [
        [.tryLock(.taken), .unlock] + .rounds(rounds) + [.lock, .signal(0), .untilQuiet, .unlock],
        [.wait(0), .lock, .unlock],
      ], protected: .presence)
  }

  /// CPU 0 releases the lock, and a handler comes in between; CPU 1 has this many rounds before CPU 2 comes.
  private static func stalled(rounds: Int) -> TicketLockLab.Scene {
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .unlock], [.wait(0)] + .rounds(rounds) + [.lock, .signal(1), .unlock],
        [.wait(1), .lock, .unlock],
      ], handlers: [[.untilQuiet]], protected: .presence)
  }

  private static let handOver = TicketLockChecks.check(
    "hand-over", "the next holder sees what the previous holder did under the lock",
    models: MemoryModel.allCases,
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(1), .rounds(1), .rounds(1)], protected: .relaxedCount),
      // A place that was used before may look as it did then.
      TicketLockLab.Scene([.rounds(5), .rounds(1)], protected: .relaxedCount),
      // With interrupts off, and by a handler.
      TicketLockLab.Scene(
        [[.irqSave, .lock, .unlock, .irqRestore], .rounds(1)], handlers: [.rounds(1)], protected: .relaxedCount),
    ])

  private static let firstComeFirstServed = TicketLockChecks.check(
    "first-come-first-served", "a CPU that came first acquires the lock first",
    TicketLockTurns.scenes)

  private static let tryInLine = TicketLockChecks.check(
    "try-in-line", "tryLock() overtakes no CPU that waits, and leaves nothing behind",
    TicketLockTurns.tries)

  private static let tryAtOnce = TicketLockChecks.check(
    "try-at-once", "of the CPUs that try a free lock at the same time, one acquires it",
    [
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence, oneMustGetIt: true),
      // CPU 0 keeps the lock until the other CPU's tryLock() has returned.
      TicketLockLab.Scene([[.lock, .wait(0), .unlock], [.tryLock(.any), .signal(0), .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.tryLock(.any), .signal(0), .wait(1), .unlock], [.tryLock(.any), .signal(1), .wait(0), .unlock]],
        protected: .presence, oneMustGetIt: true),
      TicketLockLab.Scene(
        [[.lock, .unlock], [.tryLock(.any), .unlock, .tryLock(.any), .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.lock, .unlock, .tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence,
        oneMustGetIt: true),
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock], [.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence,
        oneMustGetIt: true),
      // A tryLock() at the same time as a lock() that is not the first.
      besideLater(3), besideLater(8), besideLater(16),
      // Whatever a failed tryLock() leaves behind shows in a lock() that follows.
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock, .lock, .unlock], [.tryLock(.any), .unlock, .lock, .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.lock, .unlock], [.lock, .unlock], [.tryLock(.any), .signal(0), .unlock]], protected: .presence),
      // A free lock is acquired immediately, even after many rounds, and after other CPUs have held it.
      TicketLockLab.Scene([.rounds(3) + Array(repeating: [.tryLock(.taken), .unlock], count: 16).joined() + .rounds(2)]
      ),
      TicketLockLab.Scene([.rounds(33) + [.tryLock(.taken), .unlock]]),
      TicketLockLab.Scene([[.lock, .unlock, .wait(0), .tryLock(.taken), .unlock], [.lock, .unlock, .signal(0)]]),
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock, .wait(0), .tryLock(.taken), .unlock], [.lock, .unlock, .signal(0)]]),
    ],
    also: TicketLockScenes.tryLockNeverWaits)

  /// CPU 0 acquires the lock once more after this many rounds, and CPU 1 tries.
  private static func besideLater(_ rounds: Int) -> TicketLockLab.Scene {
    TicketLockLab.Scene(
      [.rounds(rounds) + [.signal(0), .lock, .unlock], [.wait(0), .tryLock(.any), .unlock]], protected: .presence)
  }

  private static let tryHandOver = TicketLockChecks.check(
    "try-hand-over", "a CPU that acquires the lock by tryLock() sees what was done under it",
    models: MemoryModel.allCases,
    [
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock, .lock, .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(2), [.tryLock(.any), .unlock, .tryLock(.any), .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene([[.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock], [.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene(
        [.rounds(1), [.irqSave, .tryLock(.any), .unlock, .irqRestore]], protected: .relaxedCount),
      TicketLockLab.Scene([[.tryLock(.any), .unlock], .rounds(1)], protected: .relaxedCount),
      // CPU 1 has been told that the lock is free, or that it is held.
      TicketLockLab.Scene([[.lock, .unlock, .signal(0)], [.wait(0), .tryLock(.taken), .unlock]]),
      TicketLockLab.Scene([[.lock, .signal(0), .wait(1), .unlock], [.wait(0), .tryLock(.refused), .signal(1)]]),
    ])

  private static let interrupts = TicketLockChecks.check(
    "interrupts", "an interrupt handler may use the lock too",
    TicketLockInterrupts.scenes,
    also: TicketLockScenes.tryLockNeverWaits)
}
