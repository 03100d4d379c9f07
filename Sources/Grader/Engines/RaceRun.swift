import Interleave
import Judging
import LabHarness
import LabKernel

/// What the codes of a program with CPUs in it can do, or why that is not known.
package enum RaceAnswer: Sendable {
  /// What the codes can do, as far as each plan needs it.
  case unfoldings([Unfolding], printed: String)
  /// It does not compile: one sentence, and everything that the compiler said.
  case refused(String, diagnostics: String)
  /// It died while it ran: why, in one sentence, and what it had printed.
  case died(String, printed: String)
  /// It asked for something that differs from run to run: what, in one sentence.
  case nondeterministic(String)
}

/// Compiles a file with CPUs in it and runs it, both in the sandbox.
package struct RaceRun: Sendable {
  private let workshop: Workshop
  private let builder: Builder

  /// What a program may use.
  private static let limits = Limits(cpuSeconds: 60, memoryMiB: 1024, outputKiB: 64, answerKiB: 16384)
  /// What the runtime puts in front of the message of a program that stops itself.
  private static let fatal = "Fatal error: "

  /// Prepares runs in a workshop.
  package init(workshop: Workshop, modules: ModuleCache) {
    self.workshop = workshop
    builder = Builder(workshop: workshop, modules: modules)
  }

  /// Learns what the codes of a file can do.
  ///
  /// - Parameters:
  ///   - name: what the file is called in messages.
  ///   - files: more files, compiled as they are, whose types the file can use.
  ///   - plans: how far to look under which memory models.
  /// - Throws: `SandboxFault`, `StorageError`, `CancellationError`.
  package func unfold(
    _ text: String, called name: String, beside files: [SourceFile] = [], _ plans: [Plan]
  ) async throws -> RaceAnswer {
    let source = RaceSource(text)
    let file = SourceFile(name: name, bytes: Array(source.wrapped.utf8))
    let entry = EntryPoint(lab: "RaceLab", component: RaceSource.component)
    switch try await builder.build([file] + files, entry: entry) {
    case .refused(.internal, let message, _): throw SandboxFault.setup(message)
    case .refused(_, _, _) where source.unclosedLine != nil:
      return .refused("\(name):\(source.unclosedLine ?? 0): what is opened here is never closed", diagnostics: "")
    case .refused(_, let message, let diagnostics): return .refused(message, diagnostics: Printable.text(diagnostics))
    case .built(let program):
      defer { program.remove() }
      return try await run(program, plans)
    }
  }

  private func run(_ program: BuiltProgram, _ plans: [Plan]) async throws -> RaceAnswer {
    let session = ProgramSession(program, sandbox: workshop.sandbox, limits: Self.limits)
    await session.beginCheck()
    let inputs = try plans.map { try Wire.encode(RaceLab.Input(RaceLab.Scene(), $0)) }
    let outcomes = try await session.run { inputs }
    await session.finish()
    let printed = Printable.excerpt(program.originalNames(in: await session.printed))
    var unfoldings: [Unfolding] = []
    for outcome in outcomes {
      switch outcome {
      case .died(let death): return Self.answer(death, printed)
      case .finished(let bytes):
        switch Wire.outcome(bytes) as Judging.Outcome<Unfolding> {
        case .died(let death): return Self.answer(death, printed)
        case .finished(var unfolding):
          // Which trap a message belongs to is certain only if there is one message.
          let reasons = Set(
            printed.split(separator: "\n").compactMap { line in
              line.firstRange(of: Self.fatal).map { String(line[$0.upperBound...]) }
            })
          if reasons.count == 1, let reason = reasons.first { unfolding.addReason(reason) }
          unfoldings.append(unfolding)
        }
      }
    }
    return .unfoldings(unfoldings, printed: printed)
  }

  private static func answer(_ death: Death, _ printed: String) -> RaceAnswer {
    death.cause == .nondeterministic ? .nondeterministic(sentence(death)) : .died(sentence(death), printed: printed)
  }

  private static func sentence(_ death: Death) -> String {
    if death.cause == .outputLimit {
      return
        "it printed more than \(limits.outputKiB) KiB; what a CPU prints, it prints each time it is run again, and "
        + "that is often: observe(name, value) shows a value of each execution"
    }
    let message = Printable.line(death.message.replacing(fatal, with: "", maxReplacements: 1))
    let what = message.firstRange(of: ": ").map { String(message[$0.upperBound...]) }
    // Where in a library of ours a limit is checked is of no use to a reader.
    let isOurs = ["Interleave/", "LabHarness/", "LabKernel/"].contains(where: message.hasPrefix)
    let sentence = isOurs ? what ?? message : message
    return death.cause == .crashed ? "the program stopped before its CPUs ran: \(sentence)" : sentence
  }
}
