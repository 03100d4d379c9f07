import Judging
import LabHarness
import LabKernel
import ProcessesChecks
import Reference
import Testing

struct PIDJudgeTests {
  private static let input = PIDLab.Input.script { script in
    let name = script.make()
    script.allocate(2)
    script.allocate(in: name)
    script.call(.list(0), .number(of: 2, in: name), .find(2, in: 0))
  }

  /// An answer that an allocator cannot give, and what the judge says about it.
  struct Forged: Sendable, CustomTestStringConvertible {
    let place: Int
    let answer: PIDAnswer
    let says: String
    var testDescription: String { says }
  }

  private static func given(_ numbers: [[Int]], _ change: (inout GivenPIDs) -> Void = { _ in }) -> PIDAnswer {
    var pids = GivenPIDs(levels: 0)
    pids.numbers = numbers.map { NumberRuns($0) }
    change(&pids)
    return .given(pids)
  }

  private static let forged = [
    Forged(place: 0, answer: .done, says: "after 'make n1 in n0' the answer is done"),
    Forged(place: 1, answer: given([[1, 1]]), says: "number 1 was given in n0 while p0 has it"),
    Forged(place: 1, answer: given([[1, 310]]), says: "number 310 was given in n0, but the limit is 310"),
    Forged(place: 1, answer: given([[1]]), says: "calls are missing"),
    Forged(
      place: 1, answer: given([[1, 2]]) { $0.numbers[0].runs[0].count = .max },
      says: "the numbers of the pids in n0 are in no order at all"),
    Forged(
      place: 1, answer: given([[1, 2]]) { $0.numbers[0].runs[0].count = -1 },
      says: "the numbers of the pids in n0 are in no order at all"),
    Forged(place: 2, answer: given([[1], [0]]), says: "a pid that was allocated in n1 has no number in n0"),
    Forged(
      place: 2, answer: given([[], []]) { $0.error = .EAGAIN },
      says: "allocate threw EAGAIN in n1, though numbers are left"),
    Forged(
      place: 2, answer: given([[1], [3]]) { ($0.handles.lowest, $0.handles.highest) = (3, 3) },
      says: "a new pid got handle 3, but no more than 3 pids have been in use at one time"),
    Forged(place: 4, answer: .number(3), says: "p2 has number 1 in n1, but number says 3"),
    Forged(place: 5, answer: .pid(2), says: "find(2) in n0 answers p2, but p1 has number 2"),
    Forged(place: 5, answer: .skipped, says: "find(2) in n0 answers that no call was made, but p1 has number 2"),
  ]

  @Test(arguments: forged)
  func `an answer that cannot be right is reported`(_ forged: Forged) {
    var output = PIDLab.run(Reference.pids, on: Self.input, calls: SilentCallLog())
    #expect(PIDJudge.judge(Self.input, output) == nil)
    output.replies[forged.place].answer = forged.answer
    #expect(PIDJudge.judge(Self.input, output)?.what == forged.says)
  }

  @Test func `answers that are missing are reported`() {
    var output = PIDLab.run(Reference.pids, on: Self.input, calls: SilentCallLog())
    output.replies.removeLast()
    #expect(PIDJudge.judge(Self.input, output)?.what == "6 calls were made, but 5 answers came back")
  }

  @Test func `a wrong number is drawn under the numbers of the others`() {
    var output = PIDLab.run(Reference.pids, on: Self.input, calls: SilentCallLog())
    let right = output.replies.map(\.answer)
    output.replies[2].answer = Self.given([[1], [4]])
    let finding = PIDJudge.judge(
      Self.input, output, expecting: Dictionary(uniqueKeysWithValues: zip(right.indices, right)))
    #expect(finding?.what == "the next number in n0 is 3, not 4")
    #expect(finding?.rule == "next")
    #expect(
      finding?.picture.rows.map { "\($0.label)|\($0.text)" } == [
        "|n0  n1", "p0|1   -", "p1|2   -", "last given|2   -", "expected|3   1", "actual|4   1",
      ])
    #expect(finding?.picture.mark == Picture.Mark(column: 0, note: "number in n0"))
  }
}
