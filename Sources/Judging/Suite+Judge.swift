public import LabHarness

/// The maximum number of simpler inputs that are tried before the smallest failing one is reported.
private let shrinkAttempts = 400
/// The same maximum if each attempt costs a new process, because the component died.
private let shrinkAttemptsAfterDeath = 24

/// What is said about a case that is right on its own.
private let keepsSomething =
  "it fails only after the cases before it and passes alone: something is kept in a static or global variable"
private let isDifferentEachTime =
  "the same cases fail in one run and pass in the next: what a component does must depend on nothing but its calls"

extension Suite {
  /// Runs inputs on the component under test, wherever it lives; returns one outcome per input, in the same order.
  public typealias Run = (_ inputs: [L.Input]) async throws -> [Outcome<L.Output>]

  /// Decides one check: the first case that is wrong, shrunk to the smallest that is wrong in the same way.
  ///
  /// - Parameters:
  ///   - run: runs cases; it may stop after the first that died, leaving out the later ones.
  ///   - runAfresh: does the same where no case has run before; nil if a component can keep nothing between cases.
  /// - Throws: only what `run` and `runAfresh` throw.
  public func decide(
    _ check: Check<L>, seed: UInt64, run: @escaping Run, runAfresh: Run? = nil
  ) async throws -> Verdict {
    let inputs = check.cases(seed)
    precondition(!inputs.isEmpty, "check \(check.id) has no cases")
    let outcomes = try await run(inputs.map(L.question))
    var passed = Verdict(status: .passed, seed: seed, cases: inputs.count)
    for (index, (input, outcome)) in zip(inputs, outcomes).enumerated() {
      guard let fault = fault(check, input, outcome, remark: &passed.remark) else { continue }
      let trial = Trial(check: check, run: run, runAfresh: runAfresh)
      var smallest = (input, fault)
      if let told = try await leftovers(in: inputs[...index], fault, trial) {
        smallest.1 = told
      } else {
        let candidate = try await shrink(input, fault, trial)
        if try await failsAlone(candidate.0, fault, trial) { smallest = candidate }
      }
      return verdict(on: check, seed: seed, cases: index + 1, first: input, smallest: smallest)
    }
    guard outcomes.count == inputs.count else {
      let death = Fault.death(Death(.internal, message: "the runner left out \(inputs.count - outcomes.count) cases"))
      return verdict(on: check, seed: seed, cases: outcomes.count, first: inputs[0], smallest: (inputs[0], death))
    }
    return passed
  }

  private enum Fault {
    case wrong(Finding)
    case death(Death)

    /// Returns the same with one more sentence.
    func adding(_ sentence: String) -> Fault {
      switch self {
      case .wrong(var finding):
        finding.what += "; " + sentence
        return .wrong(finding)
      case .death(var death):
        death.message += "; " + sentence
        return .death(death)
      }
    }
  }

  /// A check that has failed, and how its cases are run.
  private struct Trial {
    var check: Check<L>
    var run: Run
    var runAfresh: Run?
  }

  /// - Parameter remark: keeps the first remark about a case in which nothing is wrong.
  private func fault(
    _ check: Check<L>, _ input: L.Input, _ outcome: Outcome<L.Output>, remark: inout String
  ) -> Fault? {
    switch outcome {
    case .died(let death): return .death(death)
    case .finished(let output):
      switch check.judgement(input, output) {
      case .right: return nil
      case .rightAsFarAsSeen(let seen):
        if remark.isEmpty { remark = seen }
        return nil
      case .wrong(let finding): return .wrong(finding)
      }
    }
  }

  /// Shrinks greedily: takes the first simplification that still fails in the same way, until none does.
  private func shrink(_ input: L.Input, _ fault: Fault, _ trial: Trial) async throws -> (L.Input, Fault) {
    var smallest = (input, fault)
    var attempts = budget(for: fault)
    var ignored = ""
    var candidates = shrinks(input)[...]
    while attempts > 0, let candidate = candidates.popFirst() {
      attempts -= 1
      guard let outcome = try await trial.run([L.question(candidate)]).first,
        let next = self.fault(trial.check, candidate, outcome, remark: &ignored),
        sameKind(next, fault)
      else { continue }
      smallest = (candidate, next)
      candidates = shrinks(candidate)[...]
    }
    return smallest
  }

  /// Returns what to say about a case that fails only after others; nil if it fails alone, too.
  private func leftovers(
    in inputs: ArraySlice<L.Input>, _ fault: Fault, _ trial: Trial
  ) async throws -> Fault? {
    guard inputs.count > 1, let input = inputs.last, let runAfresh = trial.runAfresh, budget(for: fault) > 0,
      try await !failsAlone(input, fault, trial)
    else { return nil }
    let again = try await runAfresh(inputs.map(L.question))
    guard again.count == inputs.count, let last = again.last else { return nil }
    var ignored = ""
    let isSame = self.fault(trial.check, input, last, remark: &ignored).map { sameKind($0, fault) } ?? false
    return isSame ? fault.adding(keepsSomething) : .death(Death(.nondeterministic, message: isDifferentEachTime))
  }

  /// Whether a case fails where no other has run before; that is assumed if the component does not return.
  private func failsAlone(_ input: L.Input, _ fault: Fault, _ trial: Trial) async throws -> Bool {
    guard let runAfresh = trial.runAfresh, budget(for: fault) > 0,
      let outcome = try await runAfresh([L.question(input)]).first
    else { return true }
    var ignored = ""
    return self.fault(trial.check, input, outcome, remark: &ignored) != nil
  }

  /// A component that does not return costs its whole time limit at each attempt, so it is reported unshrunk.
  private func budget(for fault: Fault) -> Int {
    guard case .death(let death) = fault else { return shrinkAttempts }
    return death.cause == .crashed ? shrinkAttemptsAfterDeath : 0
  }

  private func sameKind(_ left: Fault, _ right: Fault) -> Bool {
    switch (left, right) {
    case (.wrong, .wrong): true
    case (.death(let left), .death(let right)): left.cause == right.cause
    case (.wrong, .death), (.death, .wrong): false
    }
  }

  private func verdict(
    on check: Check<L>, seed: UInt64, cases: Int, first: L.Input, smallest: (input: L.Input, fault: Fault)
  ) -> Verdict {
    let before = size(first)
    let after = size(smallest.input)
    let shrunk = after < before ? "\(before) -> \(after) \(unit)" : ""
    let rows = show(smallest.input)
    switch smallest.fault {
    case .wrong(let finding):
      let failure = Verdict.Failure(finding: finding, input: rows, shrunk: shrunk)
      return Verdict(status: .failed, seed: seed, cases: cases, failure: failure)
    case .death(let death):
      let failure = Verdict.Failure(finding: Finding(death.message), input: rows, shrunk: shrunk, call: death.call)
      return Verdict(status: Status(death.cause), seed: seed, cases: cases, failure: failure)
    }
  }
}
