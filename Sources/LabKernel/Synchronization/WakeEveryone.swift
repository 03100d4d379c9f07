internal import Interleave

/// The simplest wait queue that works: a mark for each waiting CPU, and every wake-up wakes all of them.
///
/// It has no order, so no task can be left to wait for the next wake-up. If a hundred tasks wait for one thing, a
/// hundred wake up, and ninety-nine find that they are too late: the thundering herd.
///
/// - Source: Linux 2.2, kernel/sched.c, `__wake_up()`, before there were exclusive waiters.
public struct WakeEveryone: WaitQueue {
  private let waits: [Atomic]

  /// An empty queue.
  public init(cpus: Int, lock: any SpinLock) { waits = (0..<cpus).map { _ in Atomic(0) } }

  /// Sets this CPU's mark.
  public func prepareToWait(exclusive: Bool) {
    waits[currentCPU].store(1, ordering: .relaxed)
    setCurrentState(.sleeping)
  }

  /// Clears this CPU's mark.
  public func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    waits[currentCPU].store(0, ordering: .relaxed)
  }

  /// Wakes all waiting CPUs.
  public func wakeUp() { wakeUpAll() }

  /// Wakes all CPUs that have a mark.
  public func wakeUpAll() {
    // The caller's store must be ordered before the check of the marks.
    fence(ordering: .sequentiallyConsistent)
    for cpu in waits.indices where waits[cpu].load(ordering: .relaxed) != 0 { wake(cpu) }
  }

  /// Whether any CPU has a mark.
  public var isActive: Bool { waits.contains { $0.load(ordering: .relaxed) != 0 } }
}
