/// How a task asks to be scheduled.
///
/// - Source: sched(7); Linux, include/uapi/linux/sched.h.
public enum SchedulingPolicy: String, Sendable, Codable, Hashable, CaseIterable {
  /// The policy of ordinary tasks: SCHED_NORMAL, which POSIX calls SCHED_OTHER.
  case normal
  /// Real-time, first in first out: a task runs until it blocks or yields, or a more urgent one becomes runnable.
  case fifo
  /// Real-time, round robin: like `fifo`, but tasks of equal priority take turns.
  case roundRobin = "rr"

  /// Whether the real-time class serves it.
  public var isRealtime: Bool { self != .normal }

  /// Its number in sched_setscheduler(2).
  public var value: Int {
    switch self {
    case .normal: 0
    case .fifo: 1
    case .roundRobin: 2
    }
  }

  /// Its name in Linux.
  var name: String { "SCHED_\(rawValue.uppercased())" }

  /// The real-time priorities that a task may ask for with this policy: only 0 for ordinary tasks.
  package var realtimePriorities: ClosedRange<Int> { isRealtime ? 1...realtimePriorityLevels - 1 : 0...0 }
}
