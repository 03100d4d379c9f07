// Misconception: fair means that every CPU gets the lock equally often: the next holder is the waiter that has had the
// lock least often, and the order of arrival decides only among equals.
// Breaks: first-come in many
// Killed by: first-come-first-served, try-in-line
import Interleave
import LabKernel

/// The state is the CPU that has the lock, plus 1, in the lowest byte, and above it a bit for each CPU that waits.
struct TicketLock: SpinLock {
  private static let cpus = 8
  private let state = Atomic(0)
  private let arrivals = Atomic(0)
  /// When each CPU came.
  ///
  /// Written before its bit is set, read by the holder after it has seen the bit.
  private let arrival = (0..<cpus).map { _ in SharedCell(0) }
  /// How often each CPU has had the lock.
  ///
  /// Protected by the lock.
  private let served = (0..<cpus).map { _ in SharedCell(0) }

  init() {}

  func lock() {
    let me = currentCPU
    arrival[me].write(arrivals.fetchAdd(1, ordering: .relaxed))
    var seen = state.load(ordering: .relaxed)
    while true {
      let desired = seen == 0 ? me + 1 : seen | 256 << me
      let (exchanged, original) = state.compareExchange(
        expected: seen, desired: desired, ordering: .acquiringAndReleasing)
      if exchanged { break }
      seen = original
    }
    if seen != 0 { state.spin(until: { $0 & 255 == me + 1 }, ordering: .acquiring) }
    served[me].write(served[me].read() + 1)
  }

  func unlock() {
    while true {
      let seen = state.load(ordering: .acquiring)
      var desired = 0
      if let chosen = choose(from: seen >> 8) { desired = (seen >> 8 & ~(1 << chosen)) << 8 | (chosen + 1) }
      if state.compareExchange(expected: seen, desired: desired, ordering: .acquiringAndReleasing).exchanged { return }
    }
  }

  func tryLock() -> Bool {
    let me = currentCPU
    guard state.compareExchange(expected: 0, desired: me + 1, ordering: .acquiringAndReleasing).exchanged else {
      return false
    }
    served[me].write(served[me].read() + 1)
    return true
  }

  /// Of those who wait, the CPU that has had the lock least often, and of these the one that came first.
  private func choose(from waiting: Int) -> Int? {
    var best: (cpu: Int, served: Int, arrival: Int)?
    for cpu in 0..<Self.cpus where waiting >> cpu & 1 == 1 {
      let candidate = (cpu: cpu, served: served[cpu].read(), arrival: arrival[cpu].read())
      if let other = best, (other.served, other.arrival) < (candidate.served, candidate.arrival) { continue }
      best = candidate
    }
    return best?.cpu
  }
}
