import LabKernel
import Scenario

/// The outcome of a run as a JSON document; times are in nanoseconds.
struct SimReport: Encodable {
  private let schema = "kernel-by-hand.sim/1"
  private let title: String
  private let cpus: Int
  private let end: LabKernel.Instant
  private let ended: String
  private let switches: Int
  private let busy: [LabKernel.Duration]
  private let tasks: [TaskReport]
  private let slices: [SliceReport]
  private let asleep: [SleeperReport]
  private let console: String
  /// Whose component each lab's slot has, if the slot was called; nil if there is no book.
  private let components: [String: KernelParts.Owner]?
  /// What the user's components printed.
  private let printed: String?

  private struct TaskReport: Encodable {
    let name: String
    let pid: PID
    let start: LabKernel.Instant
    let run: LabKernel.Duration
    let wait: LabKernel.Duration
    let response: LabKernel.Duration?
    let turnaround: LabKernel.Duration?
    let status: Int?
  }

  private struct SliceReport: Encodable {
    let cpu: Int
    let pid: PID
    let start: LabKernel.Instant
    let end: LabKernel.Instant
  }

  /// A task that sleeps forever.
  private struct SleeperReport: Encodable {
    let pid: PID
    let call: String
    let wakers: [PID]

    init(_ sleeper: Sleeper) {
      pid = sleeper.pid
      wakers = sleeper.wakers
      call = sleeper.call
    }
  }

  init(_ scenario: Scenario, _ record: RunRecord, _ parts: KernelParts?, printed: String) {
    title = scenario.title
    cpus = record.cpus
    end = record.now
    ended = SimReport.word(for: record.end)
    components = parts?.owners(called: record.calledSlots.intersection(scenario.workload().slots))
    self.printed = printed.isEmpty ? nil : printed
    switches = record.switches
    busy = record.busyTimes
    tasks = record.figures.map { task in
      TaskReport(
        name: task.name, pid: task.pid, start: task.accounting.created, run: task.accounting.run,
        wait: task.accounting.wait, response: task.accounting.response, turnaround: task.accounting.turnaround,
        status: task.status?.waitStatus)
    }
    let timeline = Timeline(record)
    slices = (0..<record.cpus).flatMap { cpu in
      timeline.slices(of: CPUID(cpu)).map { row, interval in
        SliceReport(cpu: cpu, pid: timeline.rows[row].pid, start: interval.start, end: interval.end)
      }
    }
    asleep = record.sleepers.map(SleeperReport.init)
    console = record.console.text
  }

  private static func word(for end: RunEnd?) -> String {
    switch end {
    case .nothingToDo, nil: "finished"
    case .timeIsUp: "time"
    case .tooManyEvents: "events"
    case .oops: "oops"
    }
  }
}
