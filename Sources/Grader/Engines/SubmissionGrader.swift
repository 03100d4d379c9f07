import Foundation
import Judging

/// Grades single submissions: looks for the result, or else builds the program and runs all checks.
package struct SubmissionGrader: Sendable {
  let workshop: Workshop
  private let store: JobStore?
  let seed: UInt64
  private let budget: Builder.Budget
  let builder: Builder
  private let key: JobKey

  /// A grader.
  ///
  /// - Parameters:
  ///   - store: where results are kept and looked for; nil for a trial.
  ///   - seed: the seed of the generated cases.
  package init(
    workshop: Workshop, modules: ModuleCache, store: JobStore?, seed: UInt64, budget: Builder.Budget = Builder.Budget()
  ) throws {
    self.workshop = workshop
    self.store = store
    self.seed = seed
    self.budget = budget
    builder = Builder(workshop: workshop, modules: modules, budget: budget)
    key = try JobKey(workshop)
  }

  /// A grader for a trial: in a workshop of its own, with the modules of the user's cache, keeping no result.
  ///
  /// - Throws: `SandboxFault` if this machine cannot grade, `StorageError`.
  package static func forTrial(in tier: Sandbox.Tier, seed: UInt64) async throws -> SubmissionGrader {
    let (workshop, modules) = try await Workshop.forTrial(in: tier)
    return try SubmissionGrader(workshop: workshop, modules: modules, store: nil, seed: seed)
  }

  /// Grades `files` for `lab`.
  ///
  /// After a failure of our own, the job is tried once more; if it fails again, the result says so and is not kept.
  ///
  /// - Parameter isFresh: whether to grade even if there is a result.
  /// - Throws: `CancellationError`, and errors of the store's files.
  package func grade(_ files: [SourceFile], for lab: GradedLab, isFresh: Bool = false) async throws -> JobDocument {
    let key = try key.key(files, lab: lab, seed: seed, budget: budget)
    if !isFresh, let known = try store?.document(key) { return known }
    var document = try await attempt(files, lab, key)
    if document.status == .internal { document = try await attempt(files, lab, key) }
    if document.status != .internal { try store?.save(document) }
    return document
  }

  /// The jobs whose results are kept by now.
  func keptJobs() throws(StorageError) -> Set<String> { try store?.keys() ?? [] }

  private func attempt(_ files: [SourceFile], _ lab: GradedLab, _ key: String) async throws -> JobDocument {
    let empty = empty(lab, key)
    do {
      let outcome = try await builder.build(files, entry: lab.entry)
      try Task.checkCancellation()
      switch outcome {
      case .refused(let status, let message, let diagnostics):
        return .unrun(lab, status: status, message: message, diagnostics: diagnostics, making: empty)
      case .built(let program):
        defer { program.remove() }
        return try await run(program, lab, into: empty)
      }
    } catch let fault as SandboxFault {
      try Task.checkCancellation()
      return .unrun(lab, status: .internal, message: fault.description, diagnostics: "", making: empty)
    }
  }

  /// A document that says nothing yet.
  func empty(_ lab: GradedLab, _ key: String) -> JobDocument {
    JobDocument(
      key: key, lab: lab.manifest.slug, sandbox: workshop.sandbox.tier, toolchain: workshop.toolchain.identity,
      limits: lab.manifest.limits, seed: seed, checks: [], diagnostics: "", printed: "")
  }

  /// Runs all checks of a lab.
  func run(
    _ program: BuiltProgram, _ lab: GradedLab, into empty: JobDocument, isOnlyJudged: Bool = false
  ) async throws -> JobDocument {
    let session = ProgramSession(
      program, sandbox: workshop.sandbox, limits: lab.manifest.limits, isOnlyJudged: isOnlyJudged)
    var document = empty
    do {
      for (index, check) in lab.checks.enumerated() {
        try Task.checkCancellation()
        let next = lab.checks.dropFirst(index + 1).first
        document.checks.append(GradedOutcome(check, try await verdict(on: check, session, next: next)))
        if let refused = document.checks.last, refused.verdict.status == .forbidden {
          document = .unrun(
            lab, status: .forbidden, message: refused.verdict.failure?.finding.what ?? "", diagnostics: "",
            making: empty)
          break
        }
      }
    } catch {
      // Nothing may be left of it when its folder is removed.
      await session.finish()
      throw error
    }
    await session.finish()
    for (check, call) in await session.conduct.contradictions { document.checks[check].mustNotKnowItsScene(call) }
    try Task.checkCancellation()
    let printed = program.originalNames(in: await session.printed)
    document.printed = Printable.excerpt(RuntimeMessage.withoutTraces(printed))
    return document
  }

  /// The verdict on a check; a sandbox fault costs this check, not those that were decided before it.
  private func verdict(
    on check: GradedCheck, _ session: ProgramSession, next: GradedCheck?
  ) async throws -> Verdict {
    do {
      return try await check.decide(seed, session, next).bounded
    } catch let fault as SandboxFault {
      let failure = Verdict.Failure(finding: Finding(fault.description))
      return Verdict(status: .internal, seed: seed, cases: 0, failure: failure)
    }
  }
}
