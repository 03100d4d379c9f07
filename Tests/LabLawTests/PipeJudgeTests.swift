import IPCChecks
import LabHarness
import LabKernel
import Reference
import Testing

/// An answer that these steps cannot have, and what the judge says about it.
struct ForgedLog: Sendable, CustomTestStringConvertible {
  var steps: [PipeLab.Step]
  var sentence: String
  /// Forges the honest answer.
  var forge: @Sendable (inout PipeLab.Output) -> Void
  var testDescription: String { sentence }

  init(_ steps: PipeLab.Step..., says sentence: String, _ forge: @escaping @Sendable (inout PipeLab.Output) -> Void) {
    self.steps = [.open(0, .write), .open(1, .read)] + steps
    self.sentence = sentence
    self.forge = forge
  }

  static let all = [
    ForgedLog(.write(0, 10), says: "A opens write end, but there is no answer") {
      $0.replies = []
    },
    ForgedLog(.write(0, 10), .read(1, 10), says: "B reads 10, but there is no answer") { $0.replies.removeLast() },
    ForgedLog(.write(0, 10), .read(1, 10), says: "A writes 10c, but the answer is to another call") {
      $0.replies.remove(at: 2)
    },
    ForgedLog(.write(0, 10), says: "A writes 10c, but there is one answer too many") {
      $0.replies.append($0.replies[2])
    },
    ForgedLog(.read(1, 10), says: "B reads 10 and sleeps, but is not among the sleepers at the end") {
      $0.summary.asleep = []
    },
    ForgedLog(.write(0, 10), says: "the final sleepers are not those whose last answer was to sleep") {
      $0.summary.asleep = [2]
    },
    ForgedLog(.read(1, 10), .read(1, 10), says: "the final sleepers are not those whose last answer was to sleep") {
      $0.summary.asleep = [2, 3]
    },
    ForgedLog(.write(0, 10), says: "the case is said to have gone on forever, but has not") {
      $0.summary.isEndless = true
    },
  ]
}

struct PipeJudgeTests {
  @Test(arguments: ForgedLog.all)
  func `a log that these steps cannot have is reported`(_ forged: ForgedLog) {
    let input = PipeLab.Input(forged.steps)
    var output = PipeLab.run(Reference.pipe, on: input, calls: SilentCallLog())
    #expect(PipeJudge.judge(input, output) == nil)
    forged.forge(&output)
    #expect(PipeJudge.judge(input, output)?.what == forged.sentence)
  }

  @Test func `sleepers that wake each other forever are stopped, and that is a log`() {
    let input = PipeLab.Input([.open(0, .read), .open(1, .write), .open(2, .read), .read(0, 1), .read(2, 1)])
    let output = PipeLab.run(Restless.self, on: input, calls: SilentCallLog())
    #expect(output.summary.isEndless)
    let finding = PipeJudge.judge(input, output)
    #expect(finding?.what == "C reads 1: sleeps, and wakes 1 task, though it moves no byte and closes no end")
    #expect(finding?.rule == "quiet")
  }
}

/// Holds nothing, and wakes every sleeper at each call.
private struct Restless: Pipe {
  var count: Int { 0 }
  mutating func open(_ end: PipeEnd) {}
  mutating func close(_ end: PipeEnd) -> PipeTransfer { PipeTransfer(.done(0)) }
  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    PipeTransfer(.sleep(progress: 0), wakesReaders: true)
  }
  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    PipeTransfer(.sleep(progress: 0), wakesReaders: true)
  }
}
