import LabHarness
import LabKernel
import SchedulingChecks
import Testing

/// A wrong schedule of a few tasks, and what the judge says about it.
struct WrongSchedule: Sendable, CustomTestStringConvertible {
  var expected: String
  var actual: String
  var tasks: [RealtimeLab.Plan]
  var events: [RealtimeLab.Event]
  var sentence: String
  var testDescription: String { "\(expected) not \(actual)" }

  init(
    _ expected: String, not actual: String, _ tasks: [RealtimeLab.Plan], _ events: [RealtimeLab.Event] = [],
    says sentence: String
  ) {
    self.expected = expected
    self.actual = actual
    self.tasks = tasks
    self.events = events
    self.sentence = sentence
  }

  static let all = [
    WrongSchedule(
      "AABBA", not: "AAAAB", [.fifo(20, .compute(3)), .fifo(70, at: 2, .compute(2))],
      [RealtimeLab.Event(time: 2, task: 1, .becameRunnable)],
      says: "B (fifo 70) became runnable at t=2 and first ran at t=4, while A (fifo 20) ran"),
    WrongSchedule(
      "AAAB", not: "AABA", [.fifo(50, .compute(3)), .fifo(50, at: 2, .compute(1))],
      [RealtimeLab.Event(time: 2, task: 1, .becameRunnable)],
      says: "B (fifo 50) became runnable at t=2 and took the CPU from its equal A (fifo 50)"),
    WrongSchedule(
      "AABA", not: "AAAB", [.rr(50, .compute(3)), .rr(50, .compute(1))],
      says: "A (rr 50) ran on at t=2 with its slice used up, while its equal B (rr 50) waited"),
    WrongSchedule(
      "AAAB", not: "AABA", [.fifo(50, .compute(3)), .fifo(50, .compute(1))],
      says: "A (fifo 50) lost the CPU to its equal B (fifo 50) at t=2: SCHED_FIFO has no time slices"),
    WrongSchedule(
      "ABA", not: "AAB", [.fifo(50, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1))],
      [RealtimeLab.Event(time: 1, task: 0, .yielded)],
      says: "A (fifo 50) yielded at t=1, but ran on while its equal B (fifo 50) waited"),
    WrongSchedule(
      "ACAB", not: "ACBA", [.fifo(50, .compute(2)), .fifo(50, .compute(1)), .fifo(60, at: 1, .compute(1))],
      [RealtimeLab.Event(time: 1, task: 2, .becameRunnable)],
      says: "A (fifo 50) was preempted at t=1 and goes on before its equals, but B (fifo 50) ran at t=2"),
    WrongSchedule(
      "AAB", not: "ABA",
      [.fifo(60, .compute(1), .setScheduler(.fifo, priority: 50), .compute(1)), .fifo(50, .compute(1))],
      [RealtimeLab.Event(time: 1, task: 0, .changed(.fifo, priority: 50))],
      says: "A (fifo 50) was lowered at t=1 and goes before its new equals, but B (fifo 50) ran"),
    WrongSchedule(
      "AABB", not: "AA..", [.ordinary(.compute(2)), .ordinary(.compute(2))],
      says: "the CPU was idle at t=2, though B (ordinary) could run"),
  ]
}

struct RealtimeJudgeTests {
  @Test(arguments: WrongSchedule.all)
  func `a wrong schedule is reported in the words of the broken rule`(_ wrong: WrongSchedule) {
    let output = RealtimeLab.Output(
      timelines: [wrong.actual], events: wrong.events, ticks: wrong.actual.count, trouble: "it broke off")
    let finding = RealtimeJudge.judge(RealtimeLab.Input(wrong.tasks), output, expected: [wrong.expected])
    #expect(finding?.what == wrong.sentence)
  }

  @Test func `a right schedule is accepted`() {
    let events = [RealtimeLab.Event(time: 0, task: 0, .becameRunnable), .init(time: 0, task: 1, .becameRunnable)]
    let output = RealtimeLab.Output(timelines: ["AAB"], events: events, ticks: 3, trouble: "")
    let input = RealtimeLab.Input([.fifo(50, .compute(2)), .fifo(50, .compute(1))])
    #expect(RealtimeJudge.judge(input, output, expected: ["AAB"]) == nil)
  }

  @Test(arguments: ["AA\u{1B}", "AAZ"])
  func `letters that belong to no task are not a schedule`(_ timeline: String) {
    let output = RealtimeLab.Output(timelines: [timeline], events: [], ticks: 3, trouble: "")
    let finding = RealtimeJudge.judge(RealtimeLab.Input([.fifo(50, .compute(3))]), output, expected: ["AAA"])
    #expect(finding?.what == "the output is not a schedule of these tasks")
  }

  @Test(arguments: [
    ([], "the output is not a schedule of these tasks"),
    ([""], "the CPU was idle at t=0, though A (fifo 50) could run"),
  ])
  func `an empty schedule is reported`(_ timelines: [String], _ sentence: String) {
    let output = RealtimeLab.Output(timelines: timelines, events: [], ticks: 1, trouble: "it broke off")
    let finding = RealtimeJudge.judge(RealtimeLab.Input([.fifo(50, .compute(3))]), output, expected: ["AAA"])
    #expect(finding?.what == sentence)
  }

  @Test func `a run that broke off is judged up to that point`() {
    let output = RealtimeLab.Output(timelines: ["A"], events: [], ticks: 1, trouble: "pickNext returned no task")
    let finding = RealtimeJudge.judge(RealtimeLab.Input([.fifo(50, .compute(3))]), output, expected: ["AAA"])
    #expect(finding?.what == "at t=1: pickNext returned no task")
    #expect(finding?.picture.mark?.column == 1)
  }

  private static let begin = RealtimeLab.Event(time: 0, task: 0, .becameRunnable)
  private static let wake = RealtimeLab.Event(time: 3, task: 0, .becameRunnable)
  private static let yield = RealtimeLab.Event(time: 4, task: 0, .yielded)

  @Test(arguments: [
    (["A..A"], [], 4, "A does not begin at t=0"),
    (["A..A"], [begin], 4, "A does not sleep for 2 ticks from t=1 on"),
    (["A.A"], [begin, .init(time: 2, task: 0, .becameRunnable), yield], 4, "A does not sleep for 2 ticks from t=1 on"),
    (["A..A"], [begin, wake], 4, "A does not take its next step at t=4"),
    (["A..AA"], [begin, wake, yield], 5, "A goes on after its end"),
    (["A"], [begin, wake, yield], 4, "A does not run for 1 tick from t=3 on"),
    (["A..A", "A"], [begin, wake, yield], 4, "A runs on two CPUs at once"),
    (["A..A"], [begin, wake, yield], 40, "it goes on after the end of the last task"),
  ])
  func `an answer that no run can give is refused`(
    _ timelines: [String], _ events: [RealtimeLab.Event], _ ticks: Int, _ reason: String
  ) {
    let plan = RealtimeLab.Plan.fifo(50, .compute(1), .sleep(2), .compute(1), .yield)
    let input = RealtimeLab.Input(cpus: timelines.count, [plan])
    let forged = RealtimeLab.Output(timelines: timelines, events: events, ticks: ticks, trouble: "")
    let finding = RealtimeJudge.judge(input, forged, expected: timelines)
    #expect(finding?.what == "the output is not a run of these tasks: \(reason)")
    let honest = RealtimeLab.run(RoundRobin.self, on: input, calls: SilentCallLog())
    #expect(RealtimeJudge.judge(input, honest, expected: honest.timelines) == nil)
  }
}
