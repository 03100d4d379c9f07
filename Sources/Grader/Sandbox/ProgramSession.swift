import Foundation
import Judging

/// A built submission that answers cases, in as many processes as it takes.
///
/// One process answers case after case, check after check, until it dies; then a new one is started for
/// what is left. After ``timeOutsBeforeGivingUp`` time-outs no more are started, which bounds the time that one
/// submission can cost.
package actor ProgramSession {
  /// So many times a submission may fail to come back; the cases after that are not run.
  package static let timeOutsBeforeGivingUp = 3
  /// The largest answer to one case, in bytes.
  static let maximumAnswer = 8 << 20

  private let program: BuiltProgram
  private let sandbox: Sandbox
  private let limits: Limits
  private var current: Conversation?
  private var timeOuts = 0
  /// What the submission printed, in all processes, up to the limit of one.
  package private(set) var printed: [UInt8] = []

  /// A session with `program`.
  package init(_ program: BuiltProgram, sandbox: Sandbox, limits: Limits) {
    self.program = program
    self.sandbox = sandbox
    self.limits = limits
  }

  /// Runs the cases, in order; stops after the first that died.
  ///
  /// - Throws: `SandboxFault` where the machinery fails, and `CancellationError`.
  package func run(_ inputs: [[UInt8]]) async throws -> [Outcome<[UInt8]>] {
    try Task.checkCancellation()
    guard timeOuts < Self.timeOutsBeforeGivingUp else {
      let message = "not run: it did not come back \(timeOuts) times before"
      return [.died(Death(.timedOut, message: message))]
    }
    let before = try current ?? Conversation(program, sandbox: sandbox, limits: limits)
    current = nil
    var (conversation, answers, end) = try await Blocking.run(killing: before.process) {
      var conversation = before
      let (answers, end) = try conversation.ask(inputs)
      return (conversation, answers, end)
    }
    var outcomes = answers.map(Outcome.finished)
    if let end {
      let death = try await conversation.death(end)
      if death.cause == .timedOut { timeOuts += 1 }
      outcomes.append(.died(death))
      keep(conversation.printed)
    } else {
      current = conversation
    }
    return outcomes
  }

  /// Ends the last process.
  package func finish() async {
    guard let last = current else { return }
    current = nil
    keep(last.printed)
    last.process.kill()
    _ = await last.process.status()
  }

  private func keep(_ bytes: [UInt8]) {
    printed += bytes.prefix(max(0, (limits.outputKiB << 10) - printed.count))
  }
}
