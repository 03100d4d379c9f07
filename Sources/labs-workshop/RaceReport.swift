import Interleave

/// The outcome of `labs-cli race` as a JSON document.
struct RaceReport: Encodable {
  private let schema = "kernel-by-hand.race/1"
  private let file: String
  private let models: [Model]
  private let unshared: [String]
  private let contended: [String]

  private struct Model: Encodable {
    let model: String
    let executions: Int
    let isComplete: Bool
    let drawn: Int
    let outcomes: [Outcome]
    let counterexample: Failure?
  }

  private struct Outcome: Encodable {
    let values: [Value]
    let executions: Int
  }

  private struct Value: Encodable {
    let name: String
    let value: Int
  }

  private struct Failure: Encodable {
    let cause: String
    let table: [String]
    let schedule: String
  }

  /// The document; its tables are `width` columns wide.
  init(_ findings: RaceFindings, file: String, width: Int) {
    self.file = file
    unshared = findings.unshared
    contended = findings.contended
    models = findings.findings.map { finding in
      let outcomes = finding.census.counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { outcome in
        Outcome(values: outcome.key.map { Value(name: $0.name, value: $0.value) }, executions: outcome.value)
      }
      let failure = finding.report.counterexample.map { counterexample in
        let table = CounterexampleTable(
          counterexample, of: finding.unfolding, under: finding.plan.model, width: width)
        return Failure(
          cause: table.cause, table: table.lines, schedule: counterexample.execution.schedule.description)
      }
      return Model(
        model: finding.plan.model.name, executions: finding.report.executions,
        isComplete: finding.report.isComplete, drawn: finding.report.samples, outcomes: outcomes,
        counterexample: failure)
    }
  }
}
