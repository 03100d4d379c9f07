/// What the scheduling classes know about one task.
///
/// The properties that all classes use come first. Those that only some use are in parts, one for each family of
/// classes, just as Linux has `sched_rt_entity` beside `sched_entity`: ``textbook`` is the part of the policies that
/// every course compares.
///
/// - Source: Linux, include/linux/sched.h, `struct sched_entity` and `struct sched_rt_entity`, and what scheduling
///   classes read of `struct task_struct`.
public struct SchedulingEntity: Sendable, Equatable {
  /// How the task asks to be scheduled.
  public package(set) var policy: SchedulingPolicy
  /// Its urgency among real-time tasks, 1 … 99; larger is more urgent.
  ///
  /// 0 for all others.
  public package(set) var realtimePriority: Int
  /// Its nice value, -20 … 19: how much it defers to others.
  public internal(set) var nice: Int
  /// How urgent it is, on the kernel's own scale, on which less is more urgent: 0 … 98 for real-time tasks, 100 … 139
  /// for all others.
  ///
  /// It is ``normalPriority``, except for a task that owns a mutex for which a more urgent task waits.
  /// - Source: Linux, include/linux/sched.h, `prio`.
  public package(set) var priority: Int
  /// How many ticks of its time slice are left.
  ///
  /// The class that serves the task counts it down.
  public var timeSlice: Int
  /// How many ticks a full time slice has.
  public internal(set) var fullTimeSlice: Int
  /// A number for the real-time class to use as it likes; 0 at first.
  public var level: Int = 0
  /// What the textbook classes keep.
  public internal(set) var textbook = TextbookEntity()
  /// The class that serves it, or served it when it was last runnable.
  ///
  /// - Source: Linux, include/linux/sched.h, `sched_class`.
  var rank: SchedulingRank

  /// The entity of a new task.
  public init(policy: SchedulingPolicy = .normal, realtimePriority: Int = 0, nice: Int = 0, fullTimeSlice: Int) {
    self.policy = policy
    self.realtimePriority = realtimePriority
    self.nice = nice
    self.timeSlice = fullTimeSlice
    self.fullTimeSlice = fullTimeSlice
    priority = Self.normalPriority(policy, realtimePriority: realtimePriority, nice: nice)
    rank = SchedulingRank(priority: priority)
  }

  /// How urgent it asks to be, on the kernel's scale.
  public var normalPriority: Int { Self.normalPriority(policy, realtimePriority: realtimePriority, nice: nice) }

  /// How urgent it is on the scale of user space: 1 … 99 for real-time tasks, including those boosted by a mutex; 0 for
  /// all others.
  package var effectiveRealtimePriority: Int { Self.realtimePriority(ofPriority: priority) }

  /// The entity of a child at its birth: a full time slice, and no priority that its parent inherits through a mutex.
  ///
  /// - Source: Linux, kernel/sched/core.c, `sched_fork()`.
  func forked() -> SchedulingEntity {
    var child = self
    child.timeSlice = fullTimeSlice
    child.priority = normalPriority
    return child
  }
}

// The two scales of urgency.
extension SchedulingEntity {
  /// The priority on the kernel's scale for a real-time priority of user space, or for an ordinary task's nice value.
  ///
  /// - Source: Linux, kernel/sched/syscalls.c, `__normal_prio()`.
  private static func normalPriority(_ policy: SchedulingPolicy, realtimePriority: Int, nice: Int) -> Int {
    policy.isRealtime ? realtimePriorityLevels - 1 - realtimePriority : realtimePriorityLevels + 20 + nice
  }

  /// The priority on the scale of user space for one on the kernel's scale: 1 … 99 for a real-time one, 0 for all
  /// others.
  package static func realtimePriority(ofPriority priority: Int) -> Int {
    max(0, realtimePriorityLevels - 1 - priority)
  }
}

/// What the textbook classes know about one task.
///
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapters 7 and 8.
public struct TextbookEntity: Sendable, Equatable {
  /// How long it will run in total, as far as its program tells: for a class that knows the future.
  public internal(set) var totalRun: Duration = .zero
  /// The queue to which it has sunk; 0 is the highest.
  public internal(set) var level = 0
  /// The period between two boosts in which it was last put into a queue.
  public internal(set) var period: Int64 = 0
}

/// The kernel's scale of priorities.
///
/// - Source: Linux, include/linux/sched/prio.h, `MAX_PRIO`.
let priorityRange = 0...139

/// How many levels of real-time priority there are.
///
/// - Source: Linux, include/linux/sched/prio.h, `MAX_RT_PRIO`.
public let realtimePriorityLevels = 100
