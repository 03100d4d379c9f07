import LabKernel
import Testing

@Suite struct MultilevelFeedbackTests {
  private func kernel(quantum: Int = 1, _ tasks: KeyValuePairs<String, String>) throws -> Kernel {
    var components = Components.baseline
    components.scheduling.fair = MultilevelFeedback.self
    return try machine(quantum: quantum, components: components, tasks)
  }

  private func level(_ row: Int, _ kernel: Kernel) -> Int { kernel.entities[TaskID(row)].textbook.level }

  @Test func `a task that uses up its slices sinks to the last queue, and a newcomer goes first`() throws {
    var kernel = try kernel(["A": "compute 5ms"])
    try kernel.start("B", "compute 1ms", at: 3)
    kernel.run(until: .zero + .milliseconds(2))
    #expect(level(2, kernel) == 2)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAABAA"])
  }

  @Test func `a boost brings all tasks back to the highest queue, including waiting ones`() throws {
    var kernel = try kernel(["A": "compute 30ms", "B": "compute 30ms"])
    kernel.run(until: .zero + .milliseconds(19))
    #expect([2, 3].map { level($0, kernel) } == [2, 2])
    kernel.run(until: .zero + .milliseconds(20))
    #expect([2, 3].map { level($0, kernel) } == [0, 0])
    kernel.run(until: .zero + .milliseconds(24))
    #expect([2, 3].map { level($0, kernel) } == [2, 2])
  }

  @Test func `a task that sleeps during a boost wakes up in the highest queue with a full slice`() throws {
    var kernel = try kernel(
      quantum: 2, ["A": "compute 5ms\nsleep 20ms\ncompute 1ms", "B": "compute 12ms\nsleep 1ms\ncompute 20ms"])
    kernel.run(until: .zero + .milliseconds(20))
    #expect(level(2, kernel) == 2)
    while kernel.tasks[TaskID(2)].state == .interruptible { kernel.step() }
    #expect(level(2, kernel) == 0)
    #expect(kernel.entities[TaskID(2)].timeSlice == 2)
  }

  @Test func `a task that sleeps between two boosts stays where it is, with what is left of its slice`() throws {
    var kernel = try kernel(quantum: 2, ["A": "compute 3ms\nsleep 2ms\ncompute 4ms"])
    kernel.run(until: .zero + .milliseconds(5))
    #expect(level(2, kernel) == 1)
    #expect(kernel.entities[TaskID(2)].timeSlice == 1)
  }

  @Test func `a child begins in the highest queue, however deep its parent is`() throws {
    var kernel = try kernel(["A": "compute 4ms\nfork\ncompute 4ms"])
    kernel.run(until: .zero + .milliseconds(4))
    #expect([2, 3].map { level($0, kernel) } == [2, 0])
    #expect(kernel.runChecked() == [])
  }
}
