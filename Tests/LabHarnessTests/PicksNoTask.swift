import LabKernel

/// A scheduling class that never has a task.
struct PicksNoTask: SchedulingClass {
  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {}
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { nil }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
