// Misconception: the chairs of a waiting room are called in a circle, and a CPU that comes takes the first free chair;
// it is overlooked that the first free chair need not be behind the last one taken.
// Breaks: first-come in third-cpu
// Killed by: first-come-first-served, try-in-line
import Interleave
import LabKernel

/// A waiting room with eight chairs: the lowest byte says which are taken, above it is the chair that is being served.
struct TicketLock: SpinLock {
  private static let chairs = 8
  private let room = Atomic(0)

  init() {}

  func lock() {
    var seen = room.load(ordering: .relaxed)
    var chair = 0
    while true {
      chair = 0
      while seen >> chair & 1 == 1 { chair += 1 }
      let (exchanged, original) = room.compareExchange(
        expected: seen, desired: seen | 1 << chair, ordering: .acquiringAndReleasing)
      if exchanged { break }
      seen = original
    }
    if seen != 0 {
      let mine = chair
      room.spin(until: { $0 >> 8 == mine }, ordering: .acquiring)
    }
  }

  func unlock() {
    var seen = room.load(ordering: .relaxed)
    while true {
      let (exchanged, original) = room.compareExchange(
        expected: seen, desired: afterServing(seen), ordering: .acquiringAndReleasing)
      if exchanged { return }
      seen = original
    }
  }

  func tryLock() -> Bool {
    room.compareExchange(expected: 0, desired: 1, ordering: .acquiringAndReleasing).exchanged
  }

  /// The room when the CPU that is being served has left, and the next in the circle is called.
  ///
  /// An empty room is 0.
  private func afterServing(_ seen: Int) -> Int {
    let served = seen >> 8
    let taken = seen & 255 & ~(1 << served)
    if taken == 0 { return 0 }
    var chair = served
    repeat { chair = (chair + 1) % Self.chairs } while taken >> chair & 1 == 0
    return chair << 8 | taken
  }
}
