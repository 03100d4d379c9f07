import Judging
import LabHarness
import LabKernel

/// The visible checks of the realtime lab, and the parts that its hidden checks are built from.
public enum RealtimeChecks {
  /// Run by `labs-cli test realtime`.
  public static let suite = suite(
    .visible, shrinks: { _ in [] },
    [
      mostUrgent, levelLimits, preemption, fifoOrder, woken, interrupted, newPriority, yield, roundRobin, sharedLevel,
      alone, sliceLeft, secondCPU, handsOff,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(
    _ visibility: Visibility, shrinks: @escaping @Sendable (RealtimeLab.Input) -> [RealtimeLab.Input],
    _ checks: [Check<RealtimeLab>]
  ) -> Suite<RealtimeLab> {
    Suite(RealtimeLab.self, visibility: visibility, shrinks: shrinks, checks: checks)
  }

  /// Makes a check of examples, which are too small to be made any smaller: as they stand here, and with drawn numbers.
  private static func check(
    _ id: String, _ title: String, _ examples: [RealtimeExample]
  ) -> Check<RealtimeLab> {
    Check(
      id: id, title: title,
      drawing: { random in examples.map(\.input) + examples.map { $0.drawn(&random).input } },
      judge: { input, output in
        let example = examples.lazy.compactMap { $0.matching(input) }.first
        return example.flatMap { RealtimeJudge.judge(input, output, expected: $0.schedules) }
      })
  }

  private static let mostUrgent = check(
    "most-urgent", "of all tasks that can run, the most urgent runs",
    [
      RealtimeExample("BBBCAA", .fifo(50, .compute(2)), .fifo(70, .compute(3)), .fifo(60, .compute(1))),
      RealtimeExample("AAABBC", .fifo(70, .compute(3)), .fifo(60, .compute(2)), .fifo(50, .compute(1))),
      RealtimeExample("BBAAA", .ordinary(.compute(3)), .fifo(40, .compute(2))),
      RealtimeExample("ADCB", .rr(90, .compute(1)), .rr(40, .compute(1)), .rr(41, .compute(1)), .fifo(89, .compute(1))),
    ])

  private static let preemption = check(
    "preemption", "a task that becomes runnable immediately takes the CPU from a less urgent task",
    [
      RealtimeExample("AABBAA", .fifo(50, .compute(4)), .fifo(60, at: 2, .compute(2))),
      RealtimeExample("AAAABB", .fifo(60, .compute(4)), .fifo(50, at: 2, .compute(2))),
      RealtimeExample("ABBAAA", .ordinary(.compute(4)), .rr(50, at: 1, .compute(2))),
      RealtimeExample(
        "ABCBBAAA", .fifo(50, .compute(4)), .fifo(60, at: 1, .compute(3)), .fifo(70, at: 2, .compute(1))),
      RealtimeExample(
        "ABBCACC", .fifo(80, .compute(1), .sleep(3), .compute(1)), .fifo(60, .compute(2)), .ordinary(.compute(3))),
      RealtimeExample("AAAABB", .fifo(50, .compute(4)), .rr(50, at: 2, .compute(2))),
    ])

  private static let fifoOrder = check(
    "fifo-order", "equals under SCHED_FIFO run one after the other, in the order in which they came",
    [
      RealtimeExample("AAABBC", .fifo(50, .compute(3)), .fifo(50, .compute(2)), .fifo(50, .compute(1))),
      RealtimeExample("AAACCBB", .fifo(50, .compute(3)), .fifo(50, at: 2, .compute(2)), .fifo(50, at: 1, .compute(2))),
      RealtimeExample("AAAAAAAABB", .fifo(50, .compute(8)), .fifo(50, .compute(2))),
    ])

  private static let roundRobin = check(
    "round-robin", "equals under SCHED_RR take turns of one time slice",
    [
      RealtimeExample("AABBAABA", .rr(50, .compute(5)), .rr(50, .compute(3))),
      RealtimeExample("ABCABC", slice: 1, .rr(50, .compute(2)), .rr(50, .compute(2)), .rr(50, .compute(2))),
      RealtimeExample("AAABBBCCCAAABC", slice: 3, .rr(50, .compute(6)), .rr(50, .compute(4)), .rr(50, .compute(4))),
      RealtimeExample("AAAAABB", .rr(60, .compute(5)), .rr(50, .compute(2))),
    ])

  private static let yield = check(
    "yield", "a task that yields lets its equals run first, but no other task",
    [
      RealtimeExample("ABBA", .fifo(50, .compute(1), .yield, .compute(1)), .fifo(50, .compute(2))),
      RealtimeExample(
        "ABCAB", .fifo(50, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1), .yield, .compute(1)),
        .fifo(50, .compute(1))),
      RealtimeExample("AAB", .fifo(60, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1))),
      RealtimeExample("AA", .rr(50, .compute(1), .yield, .compute(1))),
    ])

  private static let levelLimits = check(
    "level-limits", "each priority from 1 to 99 is a level of its own, which can be left and entered again",
    [
      RealtimeExample("BAC", .fifo(1, .compute(1)), .fifo(99, .compute(1)), .ordinary(.compute(1))),
      RealtimeExample(
        "CBAD", .fifo(35, .compute(1)), .fifo(36, .compute(1)), .fifo(37, .compute(1)), .ordinary(.compute(1))),
      RealtimeExample("BA", .fifo(98, .compute(1)), .fifo(99, .compute(1))),
      RealtimeExample("BA", .fifo(1, .compute(1)), .fifo(2, .compute(1))),
      RealtimeExample("ABBABB", .fifo(36, .compute(1), .sleep(2), .compute(1)), .fifo(35, .compute(4))),
      RealtimeExample("ABBCC", .fifo(50, .compute(1)), .fifo(50, .compute(2)), .fifo(40, .compute(2))),
    ])

  private static let woken = check(
    "woken", "a task that begins or wakes up goes behind its equals",
    [
      RealtimeExample("ABBBBA", .fifo(50, .compute(1), .sleep(1), .compute(1)), .fifo(50, .compute(4))),
      RealtimeExample(
        "ABBBBCCA", .fifo(50, .compute(1), .sleep(2), .compute(1)), .fifo(50, .compute(4)), .rr(50, .compute(2))),
      RealtimeExample(
        "ABBBCD", slice: 9,
        .fifo(60, .compute(1)), .rr(50, .compute(3)), .rr(50, .compute(1)), .rr(50, at: 2, .compute(1))),
    ])

  private static let interrupted = check(
    "interrupted", "a task that was preempted continues before its equals",
    [
      RealtimeExample("ACAAABB", .fifo(50, .compute(4)), .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(1))),
      RealtimeExample(
        "ACDCAABB", .fifo(50, .compute(3)), .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(2)),
        .fifo(70, at: 2, .compute(1))),
    ])

  private static let newPriority = check(
    "new-priority", "a task goes behind its new equals if it raises its priority, and before them otherwise",
    [
      RealtimeExample(
        "ABBAA", .fifo(50, .compute(1), .setScheduler(.fifo, priority: 60), .compute(2)),
        .fifo(60, at: 1, .compute(2))),
      RealtimeExample(
        "AAABBCC", .fifo(60, .compute(1), .setScheduler(.fifo, priority: 50), .compute(2)), .fifo(50, .compute(2)),
        .fifo(50, .compute(2))),
      RealtimeExample(
        "ABBAACC", .fifo(60, .compute(1), .setScheduler(.fifo, priority: 40), .compute(2)), .fifo(50, .compute(2)),
        .fifo(40, .compute(2))),
      RealtimeExample(
        "AAABB", slice: 4, .fifo(50, .compute(1), .setScheduler(.roundRobin, priority: 50), .compute(2)),
        .fifo(50, .compute(2))),
    ])

  private static let sharedLevel = check(
    "shared-level", "SCHED_FIFO and SCHED_RR tasks of one priority are equals",
    [
      RealtimeExample("AABBBAA", .rr(50, .compute(4)), .fifo(50, .compute(3))),
      RealtimeExample("AAABBB", .fifo(50, .compute(3)), .rr(50, .compute(3))),
    ])

  private static let alone = check(
    "alone", "a SCHED_RR task that is alone at its level also uses up its slice, and gets a full one",
    [
      RealtimeExample("AAAAAABBBAB", slice: 3, .rr(50, .compute(7)), .rr(50, at: 4, .compute(4)))
    ])

  private static let sliceLeft = check(
    "slice-left", "a task that sleeps, is preempted, yields or is raised keeps what is left of its time slice",
    [
      // Preempted with one tick of three left.
      RealtimeExample(
        "AACABBBAAB", slice: 3, .rr(50, .compute(5)), .rr(50, .compute(4)), .fifo(60, at: 2, .compute(1))),
      // Asleep with one tick of three left.
      RealtimeExample(
        "AABBBABBAAA", slice: 3, .rr(50, .compute(2), .sleep(1), .compute(4)), .rr(50, at: 2, .compute(5))),
      // Yields with one tick of four left.
      RealtimeExample("AAABBBBABBAAAA", slice: 4, .rr(50, .compute(3), .yield, .compute(5)), .rr(50, .compute(6))),
      // Raised with one tick of three left, to a level that another task enters.
      RealtimeExample(
        "AAABBBAB", slice: 3, .rr(50, .compute(2), .setScheduler(.roundRobin, priority: 60), .compute(2)),
        .rr(60, at: 3, .compute(4))),
    ])

  private static let secondCPU = check(
    "second-cpu", "each CPU has a queue of its own, and a task that moves keeps what is left of its slice",
    [
      RealtimeExample(
        ["ACCA", "BDDB"], .fifo(50, .compute(2)), .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(2)),
        .fifo(60, at: 1, .compute(2))),
      RealtimeExample(
        ["AACC", "BBDD"], .rr(50, .compute(2)), .rr(50, .compute(2)), .rr(50, .compute(2)), .rr(50, .compute(2))),
      RealtimeExample(
        ["AACCCCDDCCCC", "BB.AAEEEAAAA"], slice: 4,
        .rr(50, .compute(2), .sleep(1), .compute(6)), .rr(50, .compute(2)), .rr(50, .compute(8)),
        .rr(50, at: 4, .compute(2)), .rr(50, at: 4, .compute(3))),
    ])

  private static let handsOff = check(
    "hands-off", "a class changes nothing of a task but its time slice and its level",
    [
      RealtimeExample(
        "ADABBCCAAEE",
        .rr(50, .compute(3), .yield, .compute(1)), .fifo(50, .compute(2)), .rr(50, .compute(2)),
        .fifo(60, at: 1, .compute(1)), .ordinary(.compute(2)))
    ])
}
