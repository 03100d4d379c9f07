import LabKernel
import Testing

/// One queue, and slices that are counted down and never filled again.
private struct NeverRefills: SchedulingClass {
  private var waiting = TaskQueue()
  init() {}
  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) { waiting.insert(task, at: end) }
  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) { waiting.remove(task) }
  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { waiting.first }
  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) { waiting.rotate(task) }
  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    tasks[task].scheduling.timeSlice -= 1
    return false
  }
  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool { false }
}

struct ForkedSliceTests {
  @Test func `a child begins with a full slice, not with what its parent had left`() throws {
    var components = Components.baseline
    components.realtime = NeverRefills.self
    var kernel = Kernel(Configuration(roundRobinTicks: 5), components: components)
    let program = kernel.load(try ProgramParser.parse("compute 3ms\nfork\ncompute 1ms"))
    kernel.spawn(Spawn("A", program, policy: .roundRobin, realtimePriority: 50))
    kernel.run(until: .zero + .milliseconds(3))
    let family = kernel.tasks.indices.map { kernel.tasks[TaskID($0)] }.filter { $0.scheduling.policy == .roundRobin }
    #expect(family.map(\.scheduling.timeSlice) == [2, 5])
  }
}
