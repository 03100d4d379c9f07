import LabKernel

/// All real-time tasks of one CPU in a single queue, the most urgent first and equals in round-robin order.
///
/// The CPU is asked to choose again at every tick: choosing costs nothing here, as the choice is the head of the queue.
struct RealtimeScheduler: SchedulingClass {
  private var line: [(level: Int, task: TaskID)] = []

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    let place =
      switch end {
      case .head: line.firstIndex { $0.level >= level }
      case .tail: line.firstIndex { $0.level > level }
      }
    line.insert((level, task), at: place ?? line.count)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { line.removeAll { $0.task == task } }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { line.first?.task }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    if context[task].policy == .fifo { return true }
    context[task].timeSlice -= 1
    if context[task].timeSlice == 0 {
      context[task].timeSlice = context[task].fullTimeSlice
      yield(task, in: &context)
    }
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].realtimePriority > context[running].realtimePriority
  }
}
