// Misconception: the next CPU should not wait for tidying, so its bell is rung first and its place in the ring is
// cleared afterwards; no CPU stands at that place again until the ring has gone round; it is overlooked that this can
// happen while one unlock() is between its last two stores.
// Breaks: every-lock-returns in many
// Killed by: three-cpus
import Interleave
import LabKernel

/// ```
///   bits 0..7    how many hold or wait
///   bits 8...    how many have come since the beginning
/// ```
struct TicketLock: SpinLock {
  private let word = Atomic(0)
  /// Who stands at a place, as CPU number + 1; 0 if it is not written yet.
  private let ring = [Atomic(0), Atomic(0), Atomic(0), Atomic(0)]
  private let bells = [Atomic(0), Atomic(0), Atomic(0), Atomic(0)]

  /// One more has come, and is not out again.
  private static let come = (1 << 8) + 1

  init() {}

  func lock() {
    let before = word.fetchAdd(Self.come, ordering: .acquiringAndReleasing)
    if before & 255 == 0 { return }
    let me = currentCPU
    ring[(before >> 8) & 3].store(me + 1, ordering: .releasing)
    bells[me].spin(until: { $0 == 1 }, ordering: .acquiring)
    bells[me].store(0, ordering: .relaxed)
  }

  func unlock() {
    let before = word.fetchAdd(-1, ordering: .acquiringAndReleasing)
    let waiting = (before & 255) - 1
    if waiting == 0 { return }
    let place = ring[((before >> 8) - waiting) & 3]
    let who = place.spin(until: { $0 != 0 }, ordering: .acquiring) - 1
    bells[who].store(1, ordering: .releasing)
    place.store(0, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let seen = word.load(ordering: .relaxed)
    if seen & 255 != 0 { return false }
    return word.compareExchange(
      expected: seen, desired: seen + Self.come, ordering: .acquiringAndReleasing
    ).exchanged
  }
}
