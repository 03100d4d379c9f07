/// How a task asks to be scheduled.
///
/// - Source: sched(7); Linux, include/uapi/linux/sched.h.
public enum SchedulingPolicy: String, Sendable, Codable, Hashable, CaseIterable {
  /// The policy of ordinary tasks: SCHED_NORMAL, which POSIX calls SCHED_OTHER.
  case normal
  /// Real-time, first in first out: it runs until it blocks, yields, or a more urgent one comes.
  case fifo
  /// Real-time, round robin: as `fifo`, but equals take turns.
  case roundRobin = "rr"

  /// Whether the real-time class serves it.
  public var isRealtime: Bool { self != .normal }

  /// The number by which sched_setscheduler(2) knows it.
  public var value: Int {
    switch self {
    case .normal: 0
    case .fifo: 1
    case .roundRobin: 2
    }
  }

  /// What Linux calls it.
  var name: String { "SCHED_\(rawValue.uppercased())" }

  /// The real-time priorities that a task may ask for beside this policy: 0 alone for ordinary tasks.
  package var realtimePriorities: ClosedRange<Int> { isRealtime ? 1...realtimePriorityLevels - 1 : 0...0 }
}
