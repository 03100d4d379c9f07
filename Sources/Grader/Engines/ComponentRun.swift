import Judging
import LabHarness
import LabKernel

/// Builds students' components and runs them once, both in the sandbox, for a command that shows what they do.
///
/// There is no check and no verdict: an input goes in, and what comes out is drawn. Everything else is as in grading.
package struct ComponentRun: Sendable {
  private let workshop: Workshop
  private let builder: Builder

  /// Prepares runs in a workshop.
  package init(workshop: Workshop, modules: ModuleCache) {
    self.workshop = workshop
    builder = Builder(workshop: workshop, modules: modules)
  }

  /// Prepares runs in a workshop of their own, with the modules of the user's cache.
  ///
  /// - Throws: `SandboxFault` if this machine cannot build or run submissions, `StorageError`.
  package static func forTrial(in tier: Sandbox.Tier) async throws -> ComponentRun {
    let (workshop, modules) = try await Workshop.forTrial(in: tier)
    return ComponentRun(workshop: workshop, modules: modules)
  }

  /// Compiles files.
  ///
  /// - Throws: `SandboxFault` if there is no program through no fault of the files, `StorageError`,
  ///   `CancellationError`.
  package func build(_ files: [SourceFile], entry: EntryPoint) async throws -> BuildOutcome {
    let outcome = try await builder.build(files, entry: entry)
    if case .refused(.internal, let message, _) = outcome { throw SandboxFault.setup(message) }
    return outcome
  }

  /// Asks a program one question, in a process that has been asked nothing before.
  ///
  /// - Returns: the answer, or why there is none; and as much of what the program printed as is shown.
  /// - Throws: `SandboxFault`, `CancellationError`.
  package func ask<L: Lab>(
    _ program: BuiltProgram, _ lab: L.Type, _ input: L.Input, within limits: Limits
  ) async throws -> (outcome: Judging.Outcome<L.Output>, printed: String) {
    let session = ProgramSession(program, sandbox: workshop.sandbox, limits: limits)
    await session.beginCheck()
    let answers: [Judging.Outcome<[UInt8]>]
    do {
      answers = try await session.run { [try Wire.encode(input)] }
    } catch {
      // Nothing may be left of it when its folder is removed.
      await session.finish()
      throw error
    }
    await session.finish()
    let text = program.originalNames(in: await session.printed)
    let printed = Printable.excerpt(RuntimeMessage.withoutTraces(text))
    switch answers.first {
    case .finished(let bytes): return (Wire.outcome(bytes), printed)
    case .died(let death): return (.died(death), printed)
    case nil: throw SandboxFault.setup("the runner left out the only case")
    }
  }
}
