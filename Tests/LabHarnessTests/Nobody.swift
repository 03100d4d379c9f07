import LabKernel

/// A scheduling class that has nobody, ever.
struct Nobody: SchedulingClass {
  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {}
  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {}
  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { nil }
  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {}
  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool { false }
}
