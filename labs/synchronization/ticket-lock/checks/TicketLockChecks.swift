import Interleave
import Judging
import LabHarness
import LabKernel

/// The visible checks of the ticket-lock lab, and the parts that its hidden checks are built from.
public enum TicketLockChecks {
  /// Run by `labs-cli test ticket-lock`.
  public static let suite = suite(
    .visible,
    [
      freeLock, mutualExclusion, lostUpdates, inTurn, tryLock, neverWaits, tryInTurn, tryUpdates, interruptsKept,
      inAHandler,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(
    _ visibility: Visibility, _ checks: [Check<TicketLockLab>]
  ) -> Suite<TicketLockLab> {
    Suite(
      TicketLockLab.self, visibility: visibility, unit: "steps", shrinks: TicketLockScenes.shrinks,
      show: TicketLockScenes.picture, size: { $0.scene.size }, checks: checks)
  }

  /// Makes a check of the lab; if no model is named, under SC.
  ///
  /// For each seed, some of the scenes are checked once more, with other CPUs in their roles.
  package static func check(
    _ id: String, _ title: String, models: [MemoryModel] = [.sequential], _ scenes: [TicketLockLab.Scene],
    also: @escaping @Sendable (TicketLockLab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<TicketLockLab> {
    Check(
      id: id, title: title, scenes: scenes,
      drawn: { TicketLockScenes.drawn(from: scenes, seed: $0) }, models: models, also: also
    ).naming(TicketLockRules.broken)
  }

  private static let freeLock = check(
    "free-lock", "a lock that no CPU holds can be acquired",
    [
      TicketLockLab.Scene([.rounds(1)]),
      TicketLockLab.Scene([.rounds(3)]),
      TicketLockLab.Scene([.rounds(48)]),
      TicketLockLab.Scene([[.lock, .unlock, .signal(0)], [.wait(0), .lock, .unlock]]),
    ])

  private static let mutualExclusion = check(
    "mutual-exclusion", "at most one CPU holds the lock, and every CPU that wants it acquires it",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .presence),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .presence),
    ],
    also: TicketLockScenes.everyoneMayBeFirst)

  private static let lostUpdates = check(
    "lost-updates", "no += 1 under the lock is lost",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .plainCount),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .plainCount),
    ])

  private static let inTurn = check(
    "in-turn", "a CPU that waits acquires the lock before a CPU that comes later",
    [
      // CPU 0 comes back while CPU 1 waits.
      TicketLockLab.Scene(
        [[.lock, .signal(0), .untilQuiet, .unlock, .lock, .unlock], [.wait(0), .lock, .unlock]],
        protected: .presence, order: [0, 1, 0]),
      TicketLockLab.Scene(
        [[.wait(0), .lock, .unlock], [.lock, .signal(0), .untilQuiet, .unlock, .lock, .unlock]],
        protected: .presence, order: [1, 0, 1]),
      // Fairness is worth nothing if two CPUs hold the lock at once.
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .presence),
    ])

  private static let tryLock = check(
    "try-lock", "tryLock() acquires a free lock, and leaves a held lock alone",
    [
      TicketLockLab.Scene([[.tryLock(.taken), .unlock, .tryLock(.taken), .unlock, .lock, .unlock]]),
      TicketLockLab.Scene([
        [.lock, .signal(0), .wait(1), .unlock, .lock, .unlock], [.wait(0), .tryLock(.refused), .signal(1)],
      ]),
      TicketLockLab.Scene([
        [.tryLock(.taken), .signal(0), .wait(1), .unlock, .signal(2)],
        [.wait(0), .tryLock(.refused), .signal(1), .wait(2), .tryLock(.taken), .unlock],
      ]),
    ])

  private static let neverWaits = check(
    "never-waits", "tryLock() never waits for another CPU, not even for a moment",
    [
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock]], protected: .presence),
      TicketLockLab.Scene([[.tryLock(.any), .unlock], [.tryLock(.any), .unlock]], protected: .presence),
      // CPU 0 keeps the lock until the other CPU's tryLock() has returned.
      TicketLockLab.Scene([[.lock, .wait(0), .unlock], [.tryLock(.any), .signal(0), .unlock]], protected: .presence),
    ],
    also: TicketLockScenes.tryLockNeverWaits)

  private static let tryInTurn = check(
    "try-in-turn", "tryLock() does not acquire the lock before a CPU that waits for it",
    [
      TicketLockScenes.returnsAndTries,
      TicketLockScenes.returnsAndTries.withRoles([1, 0]),
      TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock, .tryLock(.any), .unlock]], protected: .presence),
      TicketLockScenes.handlerTriesInLine,
    ])

  private static let tryUpdates = check(
    "try-updates", "no += 1 is lost when tryLock() acquires the lock",
    [TicketLockLab.Scene([.rounds(1), [.tryLock(.any), .unlock]], protected: .plainCount)])

  private static let interruptsKept = check(
    "interrupts-kept", "each call leaves interrupts as it found them",
    [
      TicketLockLab.Scene([[.lock, .unlock, .tryLock(.taken), .unlock]], asksForInterrupts: true),
      TicketLockLab.Scene(
        [[.irqSave, .lock, .unlock, .tryLock(.taken), .unlock, .irqRestore]], asksForInterrupts: true),
      TicketLockLab.Scene(
        [
          [.lock, .signal(0), .wait(1), .unlock],
          [.wait(0), .tryLock(.refused), .irqSave, .tryLock(.refused), .signal(1), .lock, .unlock, .irqRestore],
        ], asksForInterrupts: true),
    ])

  private static let inAHandler = check(
    "in-a-handler", "an interrupt handler may call tryLock() at any moment",
    [TicketLockLab.Scene([.rounds(1)], handlers: [[.tryLock(.any), .unlock]], protected: .presence)])
}
