/// The class of a machine whose every schedule is explored: it has no opinion.
///
/// Which task runs next is chosen from outside, with ``Kernel/make(_:timed:)``, so the class keeps nothing.
struct AnyOrder: SchedulingClass {
  mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {}
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { nil }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
