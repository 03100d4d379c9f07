import LabKernel
import Testing

/// One queue, and slices that are counted down and never refilled.
private struct NeverRefills: SchedulingClass {
  private var waiting = TaskQueue()
  init() {}
  mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) { waiting.insert(task, at: end) }
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { waiting.remove(task) }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { waiting.first }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) { waiting.rotate(task) }
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    context[task].timeSlice -= 1
    return false
  }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}

struct ForkedSliceTests {
  @Test func `a child begins with a full slice, not with what its parent had left`() throws {
    var components = Components.baseline
    components.scheduling.realtime = NeverRefills.self
    var kernel = Kernel(Configuration(roundRobinTicks: 5), components: components)
    let program = kernel.load(try ProgramParser.parse("compute 3ms\nfork\ncompute 1ms"))
    kernel.spawn(Spawn("A", program, policy: .roundRobin, realtimePriority: 50))
    kernel.run(until: .zero + .milliseconds(3))
    let family = kernel.tasks.indices.map { kernel.entities[TaskID($0)] }.filter { $0.policy == .roundRobin }
    #expect(family.map(\.timeSlice) == [2, 5])
  }
}
