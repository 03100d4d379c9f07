internal import Interleave

/// The simplest wait queue that works: a mark for each CPU that waits, and every wake-up wakes all of them.
///
/// There is no order in it, and so nobody can be told to wait for the next turn. With a hundred tasks that wait for one
/// thing, a hundred wake up, and ninety-nine find that they came too late: the thundering herd.
///
/// - Source: Linux 2.2, kernel/sched.c, `__wake_up()`, before there were exclusive waiters.
public struct WakeEveryone: WaitQueue {
  private let waits: [Atomic]

  /// A queue in which nobody waits.
  public init(cpus: Int, lock: any SpinLock) { waits = (0..<cpus).map { _ in Atomic(0) } }

  /// Sets this CPU's mark.
  public func prepareToWait(exclusive: Bool) {
    waits[currentCPU].store(1, ordering: .relaxed)
    setCurrentState(.sleeping)
  }

  /// Takes the mark away.
  public func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    waits[currentCPU].store(0, ordering: .relaxed)
  }

  /// Wakes all.
  public func wakeUp() { wakeUpAll() }

  /// Wakes all that have a mark.
  public func wakeUpAll() {
    // What the caller stored comes before the look at the marks.
    fence(ordering: .sequentiallyConsistent)
    for cpu in waits.indices where waits[cpu].load(ordering: .relaxed) != 0 { wake(cpu) }
  }

  /// Whether there is a mark.
  public var isActive: Bool { waits.contains { $0.load(ordering: .relaxed) != 0 } }
}
