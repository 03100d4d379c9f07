import Interleave
import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the ticket-lock lab.
enum TicketLockSuite {
  /// From the plain to the subtle.
  static let suite = TicketLockChecks.suite(
    .hidden,
    [
      threeCPUs, handOver, firstComeFirstServed, tryInLine, tryAtOnce, tryHandOver, interrupts,
    ])

  private static let threeCPUs = TicketLockChecks.check(
    "three-cpus", "any number of CPUs may wait",
    rule: "Between lock() and unlock() of one CPU no other returns from lock(). Every lock() returns at last.",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1), .rounds(1)], protected: .presence),
      TicketLockLab.Scene([.rounds(2), .rounds(1), .rounds(1)], protected: .presence),
    ],
    also: TicketLockScenes.everyoneMayBeFirst)

  private static let handOver = TicketLockChecks.check(
    "hand-over", "the next CPU sees what the one before did under the lock",
    rule: "unlock() releases and lock() acquires, whatever the processor does to the order of loads and stores.",
    models: MemoryModel.allCases,
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(1), .rounds(1), .rounds(1)], protected: .relaxedCount),
    ])

  private static let firstComeFirstServed = TicketLockChecks.check(
    "first-come-first-served", "who came first gets the lock first",
    rule: "When the lock is given back, it goes to the CPU that has waited longest, also if another comes at once.",
    [
      // CPU 0 comes back while CPU 1 waits.
      TicketLockLab.Scene(
        [[.lock, .signal(0), .untilQuiet, .unlock, .lock, .unlock], [.wait(0), .lock, .unlock]],
        protected: .presence, order: [0, 1, 0]),
      // One after the other comes in line behind the holder.
      TicketLockLab.Scene(
        [
          [.lock, .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock],
          [.wait(0), .lock, .unlock], [.wait(1), .lock, .unlock],
        ], protected: .presence, order: [0, 1, 2]),
      TicketLockLab.Scene(
        [
          [.lock, .signal(0), .untilQuiet, .signal(1), .untilQuiet, .unlock, .lock, .unlock],
          [.wait(1), .lock, .unlock], [.wait(0), .lock, .unlock],
        ], protected: .presence, order: [0, 2, 1, 0]),
      // CPU 0 gives the lock back and tries to have it again, while CPU 1 waits.
      TicketLockLab.Scene(
        [
          [.lock, .signal(0), .untilQuiet, .unlock, .tryLock(.refused), .unlock, .signal(1)],
          [.wait(0), .lock, .wait(1), .unlock],
        ], order: [0, 1]),
    ])

  private static let tryInLine = TicketLockChecks.check(
    "try-in-line", "tryLock() goes past nobody, and leaves nothing behind",
    rule: "While others have the lock or wait for it tryLock() returns false, and they get it as if it had not been.",
    [
      // CPU 1 waits; CPU 2 tries, more than once, and goes away.
      TicketLockLab.Scene([
        [.lock, .signal(0), .untilQuiet, .signal(1), .wait(2), .unlock], [.wait(0), .lock, .unlock],
        [.wait(1), .tryLock(.refused), .tryLock(.refused), .signal(2)],
      ]),
      // It tries while the lock is handed over.
      TicketLockLab.Scene(
        [
          [.lock, .signal(0), .untilQuiet, .unlock], [.wait(0), .lock, .unlock], [.wait(0), .tryLock(.any), .unlock],
        ],
        protected: .presence),
      // Who tried in vain gets in line.
      TicketLockLab.Scene(
        [[.lock, .signal(0), .wait(1), .unlock], [.wait(0), .tryLock(.refused), .signal(1), .lock, .unlock]],
        protected: .presence),
      // The holder tries itself.
      TicketLockLab.Scene([[.lock, .tryLock(.refused), .unlock, .lock, .unlock]]),
    ])

  private static let tryAtOnce = TicketLockChecks.check(
    "try-at-once", "of those who try a free lock at once, one gets it",
    rule: "tryLock() never waits, not even a moment, and fails only if another has the lock or is about to.",
    [
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence, oneMustGetIt: true),
      // Whoever has the lock keeps it until the other's tryLock() has returned.
      TicketLockLab.Scene([[.lock, .wait(0), .unlock], [.tryLock(.any), .signal(0), .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.lock, .unlock], [.tryLock(.any), .unlock, .tryLock(.any), .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.lock, .unlock, .tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence,
        oneMustGetIt: true),
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock], [.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence,
        oneMustGetIt: true),
    ])

  private static let tryHandOver = TicketLockChecks.check(
    "try-hand-over", "who gets the lock by tryLock() sees what was done under it",
    rule: "A tryLock() that succeeds acquires, as lock() does.",
    models: MemoryModel.allCases,
    [
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock, .lock, .unlock]], protected: .relaxedCount),
      TicketLockLab.Scene([.rounds(2), [.tryLock(.any), .unlock, .tryLock(.any), .unlock]], protected: .relaxedCount),
    ])

  private static let interrupts = TicketLockChecks.check(
    "interrupts", "an interrupt handler may use the lock too",
    rule: "A handler may call tryLock() at any moment; and lock(), if whoever else does keeps interrupts off. "
      + "The lock leaves interrupts as they are.",
    [
      TicketLockLab.Scene([.rounds(1)], handlers: [[.tryLock(.any), .unlock]], protected: .presence),
      TicketLockLab.Scene([.rounds(2), .rounds(1)], handlers: [[.tryLock(.any), .unlock]], protected: .presence),
      TicketLockLab.Scene(
        [[.tryLock(.any), .unlock]], handlers: [[.tryLock(.any), .unlock]], protected: .presence,
        oneMustGetIt: true),
      TicketLockLab.Scene(
        [[.irqSave, .lock, .unlock, .irqRestore], .rounds(1)], handlers: [.rounds(1)], protected: .presence),
    ])
}
