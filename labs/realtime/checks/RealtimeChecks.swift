import Judging
import LabKernel

/// The visible checks of the realtime lab, and what its hidden ones are built from.
public enum RealtimeChecks {
  /// Run by `labs-cli test realtime`.
  public static let suite = suite(
    .visible, shrinks: { _ in [] }, [mostUrgent, preemption, fifoOrder, roundRobin, yield])

  /// A suite of the lab with these checks.
  package static func suite(
    _ visibility: Visibility, shrinks: @escaping @Sendable (RealtimeLab.Input) -> [RealtimeLab.Input],
    _ checks: [Check<RealtimeLab>]
  ) -> Suite<RealtimeLab> {
    Suite(
      RealtimeLab.self, visibility: visibility, unit: "steps", shrinks: shrinks, show: \.picture,
      size: RealtimeShrinking.size, checks: checks)
  }

  /// Some tasks, and the schedule that follows from the rules.
  private struct Example: Sendable {
    var input: RealtimeLab.Input
    var schedule: String

    init(_ schedule: String, slice: Int = 2, _ tasks: RealtimeLab.Plan...) {
      input = RealtimeLab.Input(slice: slice, tasks)
      self.schedule = schedule
    }
  }

  /// A check by examples, which are too small to be made any smaller.
  private static func check(_ id: String, _ title: String, rule: String, _ examples: [Example]) -> Check<RealtimeLab> {
    Check(
      id: id, title: title, rule: rule, section: "2#real-time", cases: { _ in examples.map(\.input) },
      judge: { input, output in
        let example = examples.first { $0.input == input }
        return example.flatMap { RealtimeJudge.judge(input, output, expected: [$0.schedule]) }
      })
  }

  private static let mostUrgent = check(
    "most-urgent", "of all that could run, the most urgent task runs",
    rule: "The task with the largest priority runs, to its end if nothing else happens; ordinary tasks run last.",
    [
      Example("BBBCAA", .fifo(50, .compute(2)), .fifo(70, .compute(3)), .fifo(60, .compute(1))),
      Example("AAABBC", .fifo(70, .compute(3)), .fifo(60, .compute(2)), .fifo(50, .compute(1))),
      Example("BBAAA", .ordinary(.compute(3)), .fifo(40, .compute(2))),
      Example("ADCB", .rr(90, .compute(1)), .rr(40, .compute(1)), .rr(41, .compute(1)), .fifo(89, .compute(1))),
    ])

  private static let preemption = check(
    "preemption", "a task that becomes runnable takes the CPU at once from a less urgent one",
    rule: "Whoever begins or wakes up preempts the task that runs exactly if it is more urgent than that one.",
    [
      Example("AABBAA", .fifo(50, .compute(4)), .fifo(60, at: 2, .compute(2))),
      Example("AAAABB", .fifo(60, .compute(4)), .fifo(50, at: 2, .compute(2))),
      Example("ABBAAA", .ordinary(.compute(4)), .rr(50, at: 1, .compute(2))),
      Example(
        "ABCBBAAA", .fifo(50, .compute(4)), .fifo(60, at: 1, .compute(3)), .fifo(70, at: 2, .compute(1))),
      Example(
        "ABBCACC", .fifo(80, .compute(1), .sleep(3), .compute(1)), .fifo(60, .compute(2)), .ordinary(.compute(3))),
    ])

  private static let fifoOrder = check(
    "fifo-order", "equals under SCHED_FIFO run one after the other, in the order in which they came",
    rule: "A SCHED_FIFO task keeps the CPU until it sleeps, ends, yields, or a more urgent task comes.",
    [
      Example("AAABBC", .fifo(50, .compute(3)), .fifo(50, .compute(2)), .fifo(50, .compute(1))),
      Example("AAACCBB", .fifo(50, .compute(3)), .fifo(50, at: 2, .compute(2)), .fifo(50, at: 1, .compute(2))),
      Example("AAAAAAAABB", .fifo(50, .compute(8)), .fifo(50, .compute(2))),
    ])

  private static let roundRobin = check(
    "round-robin", "equals under SCHED_RR take turns of one time slice",
    rule: "At each tick a SCHED_RR task loses a tick of its slice; at zero it gets a full one and goes to the tail.",
    [
      Example("AABBAABA", .rr(50, .compute(5)), .rr(50, .compute(3))),
      Example("ABCABC", slice: 1, .rr(50, .compute(2)), .rr(50, .compute(2)), .rr(50, .compute(2))),
      Example("AAABBBCCCAAABC", slice: 3, .rr(50, .compute(6)), .rr(50, .compute(4)), .rr(50, .compute(4))),
      Example("AAAAABB", .rr(60, .compute(5)), .rr(50, .compute(2))),
    ])

  private static let yield = check(
    "yield", "who yields lets its equals go first, and nobody else",
    rule: "sched_yield() sends the caller to the tail of its level; less urgent tasks still wait.",
    [
      Example("ABBA", .fifo(50, .compute(1), .yield, .compute(1)), .fifo(50, .compute(2))),
      Example(
        "ABCAB", .fifo(50, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1), .yield, .compute(1)),
        .fifo(50, .compute(1))),
      Example("AAB", .fifo(60, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1))),
      Example("AA", .rr(50, .compute(1), .yield, .compute(1))),
    ])
}
