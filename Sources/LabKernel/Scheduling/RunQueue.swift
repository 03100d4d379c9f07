/// Who is runnable on one CPU, class by class.
///
/// - Source: Linux, kernel/sched/sched.h, `struct rq`.
struct RunQueue: Sendable {
  /// The class of higher rank.
  var realtime: any SchedulingClass
  private var fair: any SchedulingClass
  private var realtimeCount = 0
  private var fairCount = 0

  /// Nobody, with these classes.
  init(_ components: Components) {
    realtime = components.realtime.init()
    fair = components.fair.init()
  }

  /// How many tasks are runnable here, the one that runs included: Linux's `nr_running`.
  var count: Int { realtimeCount + fairCount }

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    if tasks[task].scheduling.isRealtime {
      realtime.enqueue(task, at: end, in: &tasks)
      realtimeCount += 1
    } else {
      fair.enqueue(task, at: end, in: &tasks)
      fairCount += 1
    }
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    if tasks[task].scheduling.isRealtime {
      realtime.dequeue(task, in: &tasks)
      realtimeCount -= 1
    } else {
      fair.dequeue(task, in: &tasks)
      fairCount -= 1
    }
  }

  /// The choice of the first class that has anyone; nil where none has, or the class will not say.
  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    if realtimeCount > 0 { return realtime.pickNext(in: &tasks) }
    if fairCount > 0 { return fair.pickNext(in: &tasks) }
    return nil
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    if tasks[task].scheduling.isRealtime {
      realtime.yield(task, in: &tasks)
    } else {
      fair.yield(task, in: &tasks)
    }
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    tasks[task].scheduling.isRealtime
      ? realtime.tick(task, in: &tasks) : fair.tick(task, in: &tasks)
  }

  /// Whether `task` should take the CPU from `running` at once: a class of higher rank always does.
  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    switch (tasks[task].scheduling.isRealtime, tasks[running].scheduling.isRealtime) {
    case (true, false): true
    case (false, true): false
    case (true, true): realtime.preempts(task, running, in: tasks)
    case (false, false): fair.preempts(task, running, in: tasks)
    }
  }
}
