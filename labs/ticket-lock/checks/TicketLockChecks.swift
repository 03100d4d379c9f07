import Interleave
import Judging
import LabKernel

/// The visible checks of the ticket-lock lab, and what its hidden ones are built from.
public enum TicketLockChecks {
  /// Run by `labs-cli test ticket-lock`.
  public static let suite = suite(.visible, [freeLock, mutualExclusion, lostUpdates, tryLock])

  /// A suite of the lab with these checks.
  package static func suite(
    _ visibility: Visibility, _ checks: [Check<TicketLockLab>]
  ) -> Suite<TicketLockLab> {
    Suite(
      TicketLockLab.self, visibility: visibility, unit: "steps", shrinks: TicketLockScenes.shrinks,
      show: TicketLockScenes.picture, size: { $0.scene.size }, checks: checks)
  }

  /// A check of the lab; where no model is named, under SC.
  package static func check(
    _ id: String, _ title: String, rule: String, models: [MemoryModel] = [.sequential], _ scenes: [TicketLockLab.Scene],
    also: @escaping @Sendable (TicketLockLab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<TicketLockLab> {
    Check(id: id, title: title, rule: rule, section: "4#spin-locks", scenes: scenes, models: models, also: also)
  }

  private static let freeLock = check(
    "free-lock", "a lock that nobody holds is there for whoever comes",
    rule: "A lock is free at first, and again after each unlock().",
    [
      TicketLockLab.Scene([.rounds(1)]),
      TicketLockLab.Scene([.rounds(3)]),
      TicketLockLab.Scene([.rounds(24)]),
      TicketLockLab.Scene([[.lock, .unlock, .signal(0)], [.wait(0), .lock, .unlock]]),
    ])

  private static let mutualExclusion = check(
    "mutual-exclusion", "at most one CPU has the lock, and each that wants it gets it",
    rule: "Between lock() and unlock() of one CPU no other returns from lock(). Every lock() returns at last.",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .presence),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .presence),
    ],
    also: TicketLockScenes.everyoneMayBeFirst)

  private static let lostUpdates = check(
    "lost-updates", "no += 1 under the lock is lost",
    rule: "unlock() releases and lock() acquires: what is done under the lock is over before the next CPU begins.",
    [
      TicketLockLab.Scene([.rounds(1), .rounds(1)], protected: .plainCount),
      TicketLockLab.Scene([.rounds(2), .rounds(2)], protected: .plainCount),
    ])

  private static let tryLock = check(
    "try-lock", "tryLock() takes a free lock, and lets a held one be",
    rule: "tryLock() returns at once: true with the lock, or false if somebody has it, and then nothing has changed.",
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
}
