import LabKernel
import Testing

@Suite struct TaskTableTests {
  @Test func `rows are used again and pids are not`() throws {
    var kernel = try machine(["A": "compute 1ms"])
    try kernel.start("B", "compute 1ms", at: 5)
    #expect(kernel.runChecked() == [])
    #expect(kernel.tasks.count == 3)
    #expect(kernel.tasks.living == 2)
    #expect(kernel.obituaries.map(\.pid) == [2, 3])
  }

  @Test func `an old sleep's timer does not wake the task that has the row now`() throws {
    var kernel = try machine(["A": "sleep 1ms"])
    try kernel.start("B", "sleep 4ms\nprint \"B\"", at: 2)
    #expect(kernel.runChecked() == [])
    #expect(kernel.now == .zero + .milliseconds(6))
  }
}
