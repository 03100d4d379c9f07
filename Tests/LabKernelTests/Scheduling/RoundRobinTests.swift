import LabKernel
import Testing

@Suite struct RoundRobinTests {
  @Test(arguments: [
    (1, [3, 2, 1], "ABCABA"),
    (2, [5, 2, 3], "AABBCCAACA"),
    (1, [5, 2, 3], "ABCABCACAA"),
    (3, [5, 2, 3], "AAABBCCCAA"),
    (4, [1, 1, 1], "ABC"),
    (10, [4, 4], "AAAABBBB"),
    (2, [6], "AAAAAA"),
  ])
  func `each task gets a quantum in turn`(quantum: Int, lengths: [Int], schedule: String) throws {
    var kernel = try machine(quantum: quantum, [:])
    for (name, length) in zip(["A", "B", "C"], lengths) { try kernel.start(name, "compute \(length)ms") }
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == [schedule])
  }

  @Test func `a task that comes later goes behind the waiting ones`() throws {
    var kernel = try machine(quantum: 2, ["A": "compute 4ms", "B": "compute 4ms"])
    try kernel.start("C", "compute 2ms", at: 1)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AABBCCAABB"])
  }

  @Test func `a task that yields goes behind the waiting ones`() throws {
    var kernel = try machine(
      quantum: 4, ["A": "compute 1ms\nyield\ncompute 2ms", "B": "compute 2ms", "C": "compute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ABBCAA"])
  }

  @Test func `a task that wakes up has a full quantum`() throws {
    var kernel = try machine(quantum: 2, ["A": "compute 1ms\nsleep 1ms\ncompute 3ms", "B": "compute 5ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ABBAABBAB"])
  }

  @Test func `response and turnaround are those of the textbook`() throws {
    var kernel = try machine(["A": "compute 5ms", "B": "compute 5ms", "C": "compute 5ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.figures.map(\.accounting.response) == [.zero, .milliseconds(1), .milliseconds(2)])
    #expect(kernel.figures.map(\.accounting.turnaround) == [.milliseconds(13), .milliseconds(14), .milliseconds(15)])
    #expect(kernel.figures.map(\.accounting.wait) == [.milliseconds(8), .milliseconds(9), .milliseconds(10)])
  }
}
