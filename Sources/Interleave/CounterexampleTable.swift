/// A wrong execution as a table: a column a CPU, a row an event.
package struct CounterexampleTable {
  /// What is wrong and what made it possible, in one or two sentences.
  package let cause: String
  /// The table, at most 80 columns wide.
  package let lines: [String]

  /// Draws an execution.
  package init(_ counterexample: Counterexample, of unfolding: Unfolding, under model: MemoryModel) {
    cause = counterexample.complaint ?? "\(counterexample.execution.ending)"
    lines = counterexample.execution.events.map { "\($0.cpu) \($0.operation)" }
  }
}

extension Unfolding.Problem {
  /// What to tell whoever wrote the code.
  package var sentence: String {
    switch self {
    case .nondeterministic: "the code did different things although everything that it read was the same"
    case .tooLarge: "the code has more than \(Limits.unfolding) different operations to offer: does a loop never end?"
    case .badCondition: "the condition of a spin(until:) trapped or used shared memory"
    case .incomplete: "what it sent is not all that the code can do"
    }
  }
}
