import LabKernel
import Testing

@Suite struct TimelineTests {
  /// A record in which B, which begins after A has ended, has A's pid.
  private func record() throws -> RunRecord {
    var kernel = try machine(["A": "lock m\ncompute 2ms"])
    try kernel.start("B", "compute 1ms\nlock m\ncompute 2ms", at: 3)
    #expect(kernel.runChecked() == [])
    var record = RunRecord(of: kernel)
    func renamed(_ pid: PID) -> PID { pid == 3 ? 2 : pid }
    for index in record.events.indices {
      switch record.events[index].what {
      case .schedWakeupNew(let pid, let parent, let priority):
        record.events[index].what = .schedWakeupNew(renamed(pid), parent: parent, priority: priority)
      case .schedSwitch(let previous, let state, let next):
        record.events[index].what = .schedSwitch(previous: renamed(previous), state: state, next: renamed(next))
      case .lockAcquired(let pid, let mutex): record.events[index].what = .lockAcquired(renamed(pid), mutex)
      default: break
      }
    }
    return record
  }

  @Test func `a task that has the pid of an earlier one has a row of its own`() throws {
    let timeline = Timeline(try record())
    #expect(timeline.rows.map(\.pid) == [2, 2])
    #expect(timeline.rows.map { $0.intervals.map { ($0.end - $0.start).nanoseconds / 1_000_000 } } == [[2], [3]])
    #expect(timeline.rows[1].intervals.first?.start == .zero + .milliseconds(3))
  }

  @Test func `a mutex belongs to the task that has the pid at that time`() throws {
    let timeline = Timeline(try record())
    #expect(timeline.mutexes.map { $0.ownerships.map(\.row) } == [[0, 1]])
  }
}
