import Interleave
import LabHarness
import LabKernel

/// What was found out about a program under each memory model, up to the first under which it is wrong.
struct RaceFindings {
  /// What was found out under one model.
  struct Finding {
    let plan: Plan
    let unfolding: Unfolding
    let report: Report
    let census: Census
  }

  /// The findings, from the strongest model on.
  private(set) var findings: [Finding] = []
  /// Why the program cannot be explored, if it cannot.
  private(set) var problem: Unfolding.Problem?

  /// Explores what the code of each CPU can do, as it was learned for each plan.
  ///
  /// - Parameter begin: called with each model before it is explored.
  init(_ unfoldings: [Unfolding], _ plans: [Plan], begin: (MemoryModel) -> Void = { _ in }) throws {
    for (unfolding, plan) in zip(unfoldings, plans) where counterexample == nil && problem == nil {
      begin(plan.model)
      let report = investigate(unfolding, plan, locates: true) { RaceLab.complaint(about: $0, in: RaceLab.Scene()) }
      problem = report.problem
      findings.append(
        Finding(plan: plan, unfolding: unfolding, report: report, census: Census(unfolding, plan)))
    }
  }

  /// Why the program cannot be explored, in one or two sentences; nil if it can.
  var problemSentence: String? {
    guard let problem else { return nil }
    if problem == .nondeterministic { return "nondeterministic: " + problem.sentence }
    guard problem == .tooLarge, let crowd = findings.last?.unfolding.crowdedPlace else { return problem.sentence }
    return problem.sentence + ". Of \(findings.last?.unfolding.operations ?? 0) that were learned, \(crowd.operations) "
      + "are in \(crowd.place)"
  }

  /// The names of plain variables that two CPUs change.
  var contended: [String] { Set(findings.flatMap(\.unfolding.contended)).sorted() }
  /// The names of plain variables that one CPU alone changes.
  var unshared: [String] { Set(findings.flatMap(\.unfolding.unshared)).subtracting(contended).sorted() }

  /// The findings for models under which nothing is wrong.
  var passing: [Finding] { findings.filter { $0.report.counterexample == nil } }
  /// The counterexample, if there is one, with the finding that it belongs to.
  var counterexample: (Counterexample, Finding)? {
    findings.last.flatMap { finding in finding.report.counterexample.map { ($0, finding) } }
  }

  /// All outcomes in order, each with its values.
  var outcomes: [[Census.Value]] {
    let all = passing.reduce(into: Set<[Census.Value]>()) { $0.formUnion($1.census.counts.keys) }
    return all.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The values that all outcomes have in common; none if there is only one outcome.
  var constants: Set<Census.Value> {
    let outcomes = outcomes
    guard outcomes.count > 1, let first = outcomes.first else { return [] }
    return outcomes.reduce(into: Set(first)) { $0.formIntersection($1) }
  }
}

extension [Census.Value] {
  /// As litmus tests are written: `r0=0 r1=1`.
  var words: String {
    isEmpty ? "(nothing)" : map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }
}
