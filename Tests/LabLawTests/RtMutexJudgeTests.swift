import LabHarness
import LabKernel
import SynchronizationChecks
import Testing

/// A wrong answer in a few steps, and what the judge says about it.
struct WrongInheritance: Sendable, CustomTestStringConvertible {
  var priorities: [Int]
  var lines: [RtMutexExample.Line]
  /// Makes the reply to the last step wrong.
  var spoil: @Sendable (inout RtMutexLab.Reply) -> Void
  var sentence: String
  var testDescription: String { sentence }

  init(
    _ priorities: [Int], _ lines: [RtMutexExample.Line], says sentence: String,
    _ spoil: @escaping @Sendable (inout RtMutexLab.Reply) -> Void
  ) {
    self.priorities = priorities
    self.lines = lines
    self.spoil = spoil
    self.sentence = sentence
  }

  private static let contended: [RtMutexExample.Line] = [
    ("A", .lock(0), .acquired, [10, 20]), ("B", .lock(0), .waits, [20, 20]),
  ]

  static let all = [
    WrongInheritance(
      [10, 20], contended,
      says: "after the step 'B locks m0', A is at 10, not 20: B, which is at 20, waits for m0, which A owns"
    ) { $0.priorities[0] = 10 },
    WrongInheritance(
      [10, 20], contended + [("A", .unlock(0), .handed(1), [10, 20])],
      says: "after the step 'A unlocks m0', A is at 20, not 10: it owns no mutex"
    ) { $0.priorities[0] = 20 },
    WrongInheritance(
      [10, 20], contended + [("B", .giveUp, .done, [10, 20])],
      says: "after the step 'B gives up', A is at 20, not 10: no more urgent task waits for a mutex that it owns"
    ) { $0.priorities[0] = 20 },
    WrongInheritance(
      [10, 20], contended + [("A", .unlock(0), .handed(1), [10, 20])],
      says: "A unlocks m0: done; expected: handed to B (B is the first of the waiting tasks: the most urgent, and "
        + "among equals the task that has had its priority longest)"
    ) { $0.answer = .done },
    WrongInheritance(
      [10, 20], contended + [("A", .lock(0), .refused(.EDEADLK), [20, 20])],
      says: "A locks m0: it waits; expected: EDEADLK (A owns it)"
    ) { $0.answer = .waits },
    WrongInheritance(
      [10, 20],
      [
        ("A", .lock(0), .acquired, [10, 20]), ("B", .lock(1), .acquired, [10, 20]), ("B", .lock(0), .waits, [20, 20]),
        ("A", .lock(1), .refused(.EDEADLK), [20, 20]),
      ],
      says: "A locks m1: it waits; expected: EDEADLK (B owns it and waits for m0; A owns m0)"
    ) { $0.answer = .waits },
    WrongInheritance(
      [10, 20], contended,
      says: "after the step 'B locks m0', the owner of m0 is B, but should be A"
    ) { $0.owners[0] = 1 },
    // 99 on the kernel's scale is not 120, which is 0 here.
    WrongInheritance(
      [0, 20],
      [("A", .lock(0), .acquired, [0, 20]), ("B", .lock(0), .waits, [20, 20]), ("B", .giveUp, .done, [0, 20])],
      says:
        "after the step 'B gives up', A is at 99 on the kernel's scale, not 0: no more urgent task waits for a mutex "
        + "that it owns"
    ) { $0.priorities[0] = -99 },
    WrongInheritance(
      [10, 20], contended,
      says: "the step 'B locks m0' changed more of A than setPriority does: a protocol may change nothing else of "
        + "a task"
    ) { $0.touched = 0 },
  ]
}

struct RtMutexJudgeTests {
  @Test(arguments: WrongInheritance.all)
  func `a wrong answer is reported with the reason for the right answer`(_ wrong: WrongInheritance) throws {
    let example = RtMutexExample(wrong.priorities, wrong.lines)
    var output = example.output
    wrong.spoil(&output.replies[output.replies.count - 1])
    let finding = RtMutexJudge.judge(example.input, output, expected: example.output)
    #expect(finding?.what == wrong.sentence)
  }

  @Test(
    arguments: [
      ([("A", .lock(0), .acquired, [10, 20, 20]), ("B", .lock(0), .waits, [20, 20, 20])], "inherits"),
      (
        [
          ("A", .lock(0), .acquired, [10, 20, 20]), ("B", .lock(1), .acquired, [10, 20, 20]),
          ("B", .lock(0), .waits, [20, 20, 20]), ("C", .lock(1), .waits, [20, 20, 20]),
        ], "chain"
      ),
      ([("A", .lock(0), .acquired, [10, 20, 20]), ("A", .unlock(1), .refused(.EPERM), [10, 20, 20])], "not-owner"),
    ] as [([RtMutexExample.Line], String)])
  func `a wrong priority names the rule of the step`(lines: [RtMutexExample.Line], rule: String) {
    let example = RtMutexExample([10, 20, 20], lines)
    var output = example.output
    output.replies[output.replies.count - 1].priorities[0] += 1
    #expect(RtMutexJudge.judge(example.input, output, expected: example.output)?.rule == rule)
  }

  @Test func `among equals in the wrong order, the task in the wrong place names the rule`() {
    let wait: [RtMutexExample.Line] = [
      ("A", .lock(0), .acquired, [10, 20, 20]), ("B", .lock(0), .waits, [20, 20, 20]),
      ("C", .lock(0), .waits, [20, 20, 20]),
    ]
    let set: RtMutexExample.Line = ("B", .setPriority(20), .done, [20, 20, 20])
    let unlock: RtMutexExample.Line = ("A", .unlock(0), .handed(1), [10, 20, 20])
    let raised: RtMutexExample.Line = ("C", .setPriority(30), .done, [30, 20, 30])
    let cases = [
      (wait + [unlock], "equals"), (wait + [set, unlock], "keeps-place"),
      (wait + [raised, ("A", .unlock(0), .handed(2), [10, 20, 30])], "moved-up"),
    ]
    let rules = cases.map { lines, _ in
      let example = RtMutexExample([10, 20, 20], lines)
      var output = example.output
      let last = output.replies.count - 1
      output.replies[last].answer = .handed(output.replies[last].answer == .handed(1) ? 2 : 1)
      return RtMutexJudge.judge(example.input, output, expected: example.output)?.rule
    }
    #expect(rules == cases.map(\.1))
  }

  @Test func `right answers are accepted`() {
    let example = RtMutexExample.chain(of: 4)
    #expect(RtMutexJudge.judge(example.input, example.output, expected: example.output) == nil)
  }

  @Test(arguments: [[], [RtMutexLab.Reply(.acquired, owners: [], priorities: [10, 20, 30])]])
  func `replies to other steps do not fit`(replies: [RtMutexLab.Reply]) {
    let example = RtMutexExample([10], [("A", .lock(0), .acquired, [10])])
    let finding = RtMutexJudge.judge(example.input, RtMutexLab.Output(replies), expected: example.output)
    #expect(finding?.what == "the output does not fit the steps")
  }
}
