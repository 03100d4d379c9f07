import LabKernel

/// What a loop of system calls costs.
struct CrossingHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let crossing = 100 * random.draw(1...20)
    let other = random.draw(1...9)
    let total = random.pick([512, 1024, 2048, 4096])
    let piece = random.pick([1, 2, 4, 8, 16, 32, 64])
    let rounds = total / piece
    let configuration = Configuration(
      instructionTime: .nanoseconds(other), systemCallTime: .nanoseconds(crossing))
    let time = ProcessRun.finished(Self.script(total, piece), configuration).now - .zero
    let question = [
      "A program makes a pipe with one system call, and then writes \(total) bytes into it, \(piece) at a time. A round",
      "of its loop is a write, an addition and a conditional jump; after the last one, the program is at its end. Each",
      "instruction takes \(other) ns, and a system call takes \(crossing) ns more. How many system calls are there?",
      "How long does all of it take, and which part of that is crossing into the kernel and back? What would it take",
      "with one write?",
    ]
    let calls = rounds + 1
    let once = 2 * (other + crossing) + 2 * other
    let answer = [
      "  System calls: 1 for the pipe and \(total) / \(piece) = \(rounds) to write, \(calls) in all.",
      "  Crossing: \(calls) x \(crossing) ns = \(calls * crossing) ns.",
      "  Instructions: 1 and 3 in each of \(rounds) rounds, (1 + 3 x \(rounds)) x \(other) ns = "
        + "\((1 + 3 * rounds) * other) ns.",
      "",
      "Together \(time.nanoseconds) ns, of which "
        + "\(Lines.percent(calls * crossing, of: Int(time.nanoseconds))) is crossing.",
      "",
      "With one write: 2 x \(crossing) ns + 4 x \(other) ns = \(once) ns, 1 / \(Int(time.nanoseconds) / once) of that.",
    ]
    return (question, answer)
  }

  /// The program of the question.
  static func script(_ total: Int, _ piece: Int) -> [String] {
    [
      "space line \(piece)", "pipe r4 r5", "again: r0 = write r5 &line \(piece)", "add r1 \(piece)",
      "if r1 < \(total) goto again",
    ]
  }
}
