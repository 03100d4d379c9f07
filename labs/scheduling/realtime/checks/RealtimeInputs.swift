import Judging
import LabHarness
import LabKernel

extension RealtimeLab.Plan {
  /// A SCHED_FIFO task.
  package static func fifo(_ priority: Int, at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .fifo, priority: priority, steps: steps)
  }

  /// A SCHED_RR task.
  package static func rr(_ priority: Int, at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .roundRobin, priority: priority, steps: steps)
  }

  /// An ordinary task.
  package static func ordinary(at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .normal, priority: 0, steps: steps)
  }
}
