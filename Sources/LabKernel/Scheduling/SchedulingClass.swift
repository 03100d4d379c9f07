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
}

/// What the scheduling classes know about one task.
///
/// - Source: Linux, include/linux/sched.h, `struct sched_entity` and `struct sched_rt_entity`.
public struct SchedulingEntity: Sendable, Equatable {
  /// How the task asks to be scheduled.
  public package(set) var policy: SchedulingPolicy
  /// Its urgency among real-time tasks, 1 … 99; the larger goes first.
  ///
  /// 0 for all others.
  public package(set) var realtimePriority: Int
  /// How nice it is to others, -20 … 19.
  public internal(set) var nice: Int
  /// How many ticks of its time slice are left.
  ///
  /// The class that serves the task counts it down.
  public var timeSlice: Int
  /// How many ticks a full time slice has.
  public internal(set) var fullTimeSlice: Int
  /// How long it will run in all, where its program tells; for textbook classes that know the future.
  public internal(set) var totalRun: Duration = .zero
  /// The queue that a class with several has put it in.
  public var level: Int = 0

  /// The entity of a new task.
  public init(policy: SchedulingPolicy = .normal, realtimePriority: Int = 0, nice: Int = 0, fullTimeSlice: Int) {
    self.policy = policy
    self.realtimePriority = realtimePriority
    self.nice = nice
    self.timeSlice = fullTimeSlice
    self.fullTimeSlice = fullTimeSlice
    priority = 0
    priority = normalPriority
  }

  /// How urgent it is, on the kernel's own scale, on which less is more urgent: 0 … 98 for real-time tasks, 100 … 139
  /// for all others.
  ///
  /// It is ``normalPriority``, but for a task that owns a mutex for which a more urgent one waits.
  /// - Source: Linux, include/linux/sched.h, `prio`.
  public package(set) var priority: Int

  /// How urgent it asks to be, on the same scale.
  ///
  /// - Source: Linux, kernel/sched/syscalls.c, `__normal_prio()`.
  public var normalPriority: Int {
    policy.isRealtime ? realtimePriorityLevels - 1 - realtimePriority : realtimePriorityLevels + 20 + nice
  }

  /// Whether the real-time class serves it, by its policy or by a priority that it has inherited.
  ///
  /// - Source: Linux, kernel/sched/core.c, `__setscheduler_class()`.
  var isRealtime: Bool { priority < realtimePriorityLevels }
}

/// The kernel's scale of priorities.
///
/// - Source: Linux, include/linux/sched/prio.h, `MAX_PRIO`.
let priorityRange = 0...139

/// How many levels of real-time priority there are.
///
/// - Source: Linux, include/linux/sched/prio.h, `MAX_RT_PRIO`.
public let realtimePriorityLevels = 100

/// The end of a queue at which a task enters.
public enum QueueEnd: String, Sendable, Codable {
  /// Before all others.
  case head
  /// Behind all others.
  case tail
}

/// A scheduling policy for one CPU: the run queue of the tasks that it serves, and who of them is next.
///
/// From `enqueue` to `dequeue` a task belongs to the queue, *also while it runs*: `pickNext` chooses
/// and removes nothing. The kernel asks classes in order of rank (real-time, then the ordinary one);
/// the first that has a task wins.
///
/// A class changes nothing of a task but its ``SchedulingEntity/timeSlice`` and ``SchedulingEntity/level``.
///
/// - Source: Linux, kernel/sched/sched.h, `struct sched_class`.
/// - Simplified: no group scheduling, no bandwidth control; the kernel, not the class, chooses the CPU.
public protocol SchedulingClass: Sendable {
  /// A queue with nobody in it.
  init()

  /// `task` has become runnable here: it woke up, was born, came from another CPU, or changed priority.
  ///
  /// - Source: `enqueue_task`.
  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable)

  /// `task`, which was enqueued, is no longer runnable here; it may be the one that runs.
  ///
  /// When its priority is about to change, the table still has the old one.
  /// - Source: `dequeue_task`.
  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable)

  /// Who should run now, or nil where nobody is enqueued.
  ///
  /// - Source: `pick_next_task`.
  mutating func pickNext(in tasks: inout TaskTable) -> TaskID?

  /// `task`, which runs, gives up its turn and stays runnable.
  ///
  /// - Source: `yield_task`; sched_yield(2).
  mutating func yield(_ task: TaskID, in tasks: inout TaskTable)

  /// The timer interrupt, once a tick, while `task` runs.
  ///
  /// - Returns: whether the CPU should choose anew.
  /// - Source: `task_tick`.
  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool

  /// Whether `task`, which has just been enqueued, should take the CPU from `running`, of the same class, at once.
  ///
  /// - Source: `wakeup_preempt`, once `check_preempt_curr`.
  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool
}
