import ArgumentParser
import Desk
import Foundation
import Grader
import Judging
import LabHarness
import LabKernel

/// A run of the user's own components for a command that draws what they do.
struct KernelTrial {
  /// The outcome of the run.
  enum Answer<Output: Sendable> {
    /// The run can be drawn; with it comes what the components printed.
    case finished(Output, printed: String)
    /// The run cannot be drawn.
    case failed(TrialFailure.Told)
  }

  private let parts: KernelParts
  private let sandbox: SandboxChoice
  /// The command, without `labs-cli`.
  private let command: String

  /// A run for `command`.
  init(_ parts: KernelParts, sandbox: SandboxChoice, command: String) {
    self.parts = parts
    self.sandbox = sandbox
    self.command = command
  }

  private var labs: [String] { parts.entries.filter { $0.owner == .yours }.map(\.lab.slug) }

  /// Runs a workload with the user's components in their slots.
  func run(_ workload: MachineLoad) async throws -> Answer<RunRecord> {
    let (mine, references) = (try parts.parts(), try parts.references())
    let answer = try await inSandbox { try await KernelRun($0).run(workload, with: mine, beside: references) }
    switch answer {
    case .finished(let record, let printed): return .finished(record, printed: printed)
    case .died(let death, let lab, let printed):
      return failed(TrialFailure(death, lab: lab, of: labs, printed: printed))
    case .refused(let status, let message, let lab, let diagnostics):
      return failed(TrialFailure(status, message, lab: lab, of: labs, diagnostics: diagnostics))
    }
  }

  /// Runs one component as its lab does.
  func run<L: Lab & SendableMetatype>(_ lab: L.Type, _ input: L.Input) async throws -> Answer<L.Output>
  where L.Input: Sendable, L.Output: Sendable {
    guard let entry = parts.entries.first(where: { $0.owner == .yours }), let part = try parts.parts().first else {
      preconditionFailure("a trial has a component of the user's")
    }
    let start = EntryPoint(lab: entry.lab.lab, component: entry.lab.component)
    return try await inSandbox { run -> Answer<L.Output> in
      switch try await run.build(part.files, entry: start) {
      case .refused(let status, let message, let diagnostics):
        return failed(TrialFailure(status, message, lab: part.lab, of: labs, diagnostics: diagnostics))
      case .built(let program):
        defer { program.remove() }
        switch try await run.ask(program, lab, input, within: part.limits) {
        case (.finished(let output), let printed): return .finished(output, printed: printed)
        case (.died(let death), let printed):
          return failed(TrialFailure(death, lab: part.lab, of: labs, printed: printed))
        }
      }
    }
  }

  private func failed<Output>(_ failure: TrialFailure) -> Answer<Output> {
    .failed(TrialFailure.Told(failure: failure, command: command))
  }

  /// Does work in the sandbox until it is done, or the user stops it.
  private func inSandbox<Result: Sendable>(
    _ work: @escaping @Sendable (ComponentRun) async throws -> Result
  ) async throws -> Result {
    let status = StatusLine()
    status.show("building and running \(labs.joined(separator: ", "))")
    defer { status.clear() }
    let tier = sandbox.tier
    do {
      return try await interruptible { try await work(ComponentRun.forTrial(in: tier)) }
    } catch let fault as SandboxFault {
      // Without a compiler, it does not help to change the sandbox.
      if case .incomplete(let what) = fault { throw Refusal(what, .configuration) }
      throw Refusal(
        "\(fault.description) (for your own code, use --sandbox none)", .configuration)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch is CancellationError {
      throw Refusal("stopped", .interrupted)
    }
  }
}

extension TrialFailure {
  /// A failure, and the command that it is the outcome of.
  struct Told: Sendable {
    let failure: TrialFailure
    let command: String

    /// Says what happened, and returns the exit code that `labs-cli test` would have.
    ///
    /// - Parameter asNote: whether standard output is for something else.
    func told(asJSON: Bool, asNote: Bool = false) throws -> ExitCode {
      if asJSON {
        try Terminal.print(json: failure)
      } else if asNote {
        for line in failure.lines(command: command, ink: Ink(false)) { Terminal.note(line) }
      } else {
        Terminal.print(failure.lines(command: command, ink: Ink(ColorChoice.auto.enabled(for: STDOUT_FILENO))))
      }
      return ExitCode(ExitStatus.checksFailed.rawValue)
    }
  }
}
