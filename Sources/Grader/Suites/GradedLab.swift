import Foundation
import Interleave
import Judging
import LabHarness
import LabKernel

/// A lab with all its checks, ready to judge programs; the types of its cases are hidden inside.
package struct GradedLab: Sendable {
  /// What `lab.yml` says.
  package let manifest: LabManifest
  /// The checks, in the order in which they are run and shown: the visible ones first.
  package private(set) var checks: [GradedCheck]
  /// Whether its components are examined under memory models.
  package let hasModels: Bool

  /// Combines a lab with its manifest.
  ///
  /// - Throws: `ManifestError` if they disagree on the checks or the lab.
  package init<L: Lab & SendableMetatype>(_ entry: LabEntry<L>, manifest: LabManifest) throws(ManifestError)
  where L.Input: Sendable, L.Output: Sendable {
    guard entry.slug == manifest.slug else {
      throw ManifestError("\(manifest.path): the folder is \(manifest.slug), but the lab's slug is \(entry.slug)")
    }
    try self.init(L.self, manifest: manifest, suites: entry.suites, isComplete: entry.answer != nil)
  }

  /// Combines the suites of one lab with its manifest.
  ///
  /// - Parameter isComplete: whether the hidden checks are among them, so that all points must belong to some check.
  /// - Throws: `ManifestError` if they disagree on the checks or the lab.
  package init<L: Lab & SendableMetatype>(
    _ lab: L.Type, manifest: LabManifest, suites: [Suite<L>], isComplete: Bool = true
  ) throws(ManifestError)
  where L.Input: Sendable, L.Output: Sendable {
    self.manifest = manifest
    hasModels = lab is any InterleavingLab.Type
    checks = suites.flatMap { suite in
      suite.checks.map { check in GradedCheck(check, of: suite, manifest) }
    }
    try manifest.mustAgree(with: checks.map(\.id), isComplete: isComplete)
  }

  /// The same lab with only the checks for which `isWanted` is true.
  package func only(_ isWanted: (GradedCheck) -> Bool) -> GradedLab {
    var lab = self
    lab.checks = checks.filter(isWanted)
    return lab
  }

  /// The same lab with the scenes of all its checks under one memory model.
  package func under(_ model: MemoryModel) -> GradedLab {
    var lab = self
    lab.checks = checks.map { $0.under(model) }
    return lab
  }

  /// The same lab with each wanted check once more for each of `seeds`, whatever seed the lab is run with.
  ///
  /// The additional checks are worth nothing; their ids are `check@seed`.
  package func asking(_ isWanted: (GradedCheck) -> Bool, again seeds: [UInt64]) -> GradedLab {
    var lab = self
    lab.checks += seeds.flatMap { seed in checks.filter(isWanted).map { $0.asked(with: seed) } }
    return lab
  }

  /// What all checks are worth together.
  package var maximum: Int { checks.map(\.points).reduce(0, +) }

  /// The generated `main` of a submission.
  package var entry: EntryPoint { EntryPoint(lab: manifest.lab, component: manifest.component) }
}

/// One check of a lab, with what it is worth.
package struct GradedCheck: Sendable {
  /// The id, which never changes.
  package private(set) var id: String
  /// What holds when it passes.
  package let title: String
  /// The rules of the sheet that it tests; when it fails, the first one is broken, unless its judge names another.
  package let rules: [LabRule]
  /// The chapter section to read.
  package let section: String
  /// Whether students may see its inputs.
  package let visibility: Visibility
  /// What it is worth.
  package private(set) var points: Int
  /// Runs the cases of one seed through `session`, which is told of the check that comes after this one, and judges the
  /// outcomes.
  package private(set) var decide:
    @Sendable (_ seed: UInt64, _ session: ProgramSession, _ next: GradedCheck?) async throws -> Verdict
  /// The cases of one seed, as they travel.
  private var questions: @Sendable (_ seed: UInt64) throws -> [[UInt8]]

  /// The same check with its scenes under one memory model.
  fileprivate let under: @Sendable (_ model: MemoryModel) -> GradedCheck

  /// The rule that a verdict is about.
  package func rule(brokenBy finding: Finding?) -> LabRule {
    rules.first { $0.id == finding?.rule } ?? rules[0]
  }

  private func questions(with seed: UInt64) -> @Sendable () throws -> [[UInt8]] {
    let questions = questions
    return { try questions(seed) }
  }

  fileprivate func asked(with seed: UInt64) -> GradedCheck {
    var check = self
    check.id = "\(id)@\(seed)"
    check.points = 0
    let (decide, questions) = (decide, questions)
    check.decide = { _, session, next in try await decide(seed, session, next) }
    check.questions = { _ in try questions(seed) }
    return check
  }

  init<L: Lab & SendableMetatype>(_ check: Check<L>, of suite: Suite<L>, _ manifest: LabManifest) {
    id = check.id
    title = check.title
    let rules = manifest.rules(askedBy: check.id)
    // A lab that is still being written has none.
    self.rules = rules.isEmpty ? [LabRule(id: check.id, says: check.title, checks: [check.id])] : rules
    section = manifest.section
    visibility = suite.visibility
    points = manifest.points[check.id] ?? 0
    under = { model in GradedCheck(check.under(model), of: suite, manifest) }
    questions = { seed in try check.cases(seed).map { try Wire.encode(L.question($0)) } }
    decide = { seed, session, next in
      await session.beginCheck(next: next?.questions(with: seed))
      return try await suite.decide(check, seed: seed) { inputs in
        let answers = try await session.run { try inputs.map { try Wire.encode($0) } }
        let outcomes: [Judging.Outcome<L.Output>] = answers.map(Self.read)
        await Self.note(outcomes, of: L.self, in: session)
        return outcomes
      } runAfresh: { inputs in
        try await session.runAfresh(try inputs.map { try Wire.encode($0) }).map(Self.read)
      }
    }
  }

  private static func read<Output: Codable & Sendable & Equatable>(
    _ outcome: Judging.Outcome<[UInt8]>
  ) -> Judging.Outcome<Output> {
    switch outcome {
    case .finished(let bytes): steady(Wire.outcome(bytes))
    case .died(let death): .died(death)
    }
  }
}

extension GradedCheck {
  /// Passes on what codes do, to be compared with what they do in the scenes of other checks.
  private static func note<L: Lab>(
    _ outcomes: [Judging.Outcome<L.Output>], of lab: L.Type, in session: ProgramSession
  ) async {
    guard let lab = lab as? any InterleavingLab.Type else { return }
    for case .finished(let output) in outcomes {
      if let unfolding = output as? Unfolding { await session.note(unfolding, knowsCPUs: lab.knowsCPUs) }
    }
  }

  /// The outcome, or a death if its codes differ from run to run: what they would do next is unknown.
  private static func steady<Output>(_ outcome: Judging.Outcome<Output>) -> Judging.Outcome<Output> {
    guard case .finished(let output) = outcome, let problem = (output as? Unfolding)?.problem,
      problem == .nondeterministic
    else { return outcome }
    return .died(Death(.nondeterministic, message: problem.sentence))
  }
}

/// Inputs and outputs as they travel; what comes back is not trusted.
enum Wire {
  /// The bytes of a value.
  static func encode(_ value: some Encodable) throws -> [UInt8] { try WireEncoder().encode(value) }

  /// The value of bytes that came from a submission, or a death if they are no such value.
  ///
  /// A decoder on its own is too lenient: it accepts several spellings of a number. So the decoded value is encoded
  /// again, and must give exactly the bytes that came.
  static func outcome<Output: Codable & Sendable & Equatable>(_ bytes: [UInt8]) -> Judging.Outcome<Output> {
    do {
      let output = try WireDecoder().decode(Output.self, from: bytes)
      if try encode(output) == bytes { return .finished(output) }
    } catch {
      return .died(Death(.malformed, message: "what it sent is no answer of this lab"))
    }
    return .died(
      Death(.malformed, message: "what it sent is an answer of this lab in a form that the runner never uses"))
  }
}
