internal import Interleave

/// The CPUs that wait in `lock()`, as far as a harness can know.
///
/// A CPU that has called `lock()` may not be queued yet. But when all others stand still it waits, and from then on no
/// `tryLock()` may succeed until it holds the lock, not even that of a handler on the CPU itself.
struct WaitersForLock {
  /// The CPUs that have called `lock()`.
  private var coming: [Int] = []
  /// The CPUs that certainly wait in it.
  private var waiting: [Int] = []

  /// Returns the first `tryLock()` that succeeded while a CPU waited, or nil.
  static func complaint(about outcome: Outcome, in scene: TicketLockLab.Scene) -> String? {
    guard scene.noTryPasses else { return nil }
    var waiters = WaitersForLock()
    for (place, observation) in outcome.placedObservations {
      if observation.name == SeenOfLock.quiet {
        // A code that a handler has interrupted may be anywhere in `lock()`.
        waiters.allStandStill { $0 != scene.interrupted || outcome.waits($0, after: place) }
      } else if let complaint = waiters.complaint(after: observation) {
        return complaint
      }
    }
    return nil
  }

  private mutating func allStandStill(_ waits: (Int) -> Bool) {
    waiting += coming.filter(waits)
    coming.removeAll { waiting.contains($0) }
  }

  private mutating func complaint(after observation: Observation) -> String? {
    let cpu = observation.cpu
    switch observation.name {
    case SeenOfLock.comes: coming.append(cpu)
    case SeenOfLock.getsIt:
      coming.removeAll { $0 == cpu }
      waiting.removeAll { $0 == cpu }
    case SeenOfLock.answer, SeenOfLock.answerInHandler:
      guard observation.value == 1, let first = waiting.first else { return nil }
      let place = observation.name == SeenOfLock.answer ? "" : " in an interrupt handler"
      return "tryLock() on CPU \(cpu) acquired the lock\(place) while CPU \(first) waited in lock()"
    default: break
    }
    return nil
  }
}
