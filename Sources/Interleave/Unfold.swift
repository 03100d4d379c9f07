// The two ends of the trust boundary. `unfold` runs untrusted code and learns what it can do; `investigate` runs
// nothing, and decides.

/// Learns what the codes of a scenario can do, as far as the plans need it.
///
/// This is the half that runs a submission. What it returns is trusted only as a description of what some code does.
///
/// - Parameter isThorough: whether to learn also what a search for the smallest wrong execution would ask, even if the
///   property finds nothing wrong. The judge may know a stricter property.
package func unfold(
  _ plans: [Plan], isThorough: Bool = false, property: @escaping Property = { _ in nil },
  _ setUp: @escaping Scenario.SetUp
) -> Unfolding {
  let program = LiveProgram(setUp)
  var unread: UInt32
  // Stores that no code is known to read are left out. The judge knows all of this, and leaves out the same stores.
  glance(program, plans)
  repeat {
    unread = program.unfolding.unread
    for plan in plans {
      var investigation = Investigation(program, plan, unread: unread, property)
      investigation.run(isThorough: isThorough)
    }
  } while unread != program.unfolding.unread
  program.finish()
  return program.unfolding
}

/// Learns enough of a subject to know, as a rule, which of its stores no code reads.
private func glance(_ program: LiveProgram, _ plans: [Plan]) {
  guard program.unfolding.locations.contains(where: \.isOfSubject) else { return }
  for plan in plans {
    var search = Search(program, plan.model, .reduced)
    var left = Limits.glance
    _ = search.explore { _, _ in
      left -= 1
      return left > 0
    }
  }
}

/// Explores a scenario about which everything that the plan needs is known.
///
/// - Parameter locates: whether the property may be evaluated on prefixes of executions, too, to find the event from
///   which it no longer holds.
package func investigate(
  _ unfolding: Unfolding, _ plan: Plan, locates: Bool = false, property: @escaping Property = { _ in nil }
) -> Report {
  var investigation = Investigation(RecordedProgram(unfolding), plan, unread: unfolding.unread, property)
  investigation.locates = locates
  investigation.run()
  return investigation.report
}

/// Which executions are visited.
package enum SearchBound {
  /// One execution of each equivalence class.
  case reduced
  /// All executions with at most so many surprises; see ``Plan/surprises``.
  case surprises(Int)
  /// All executions, with every turn of every loop.
  case everything
}

/// Visits executions of a recorded scenario.
///
/// - Returns: whether there are no others.
package func visitExecutions(
  _ unfolding: Unfolding, _ model: MemoryModel, _ bound: SearchBound = .reduced, _ visit: (Outcome, Ending) -> Bool
) -> Bool {
  guard unfolding.problem == nil else { return false }
  var search = Search(RecordedProgram(unfolding), model, bound: bound, unread: unfolding.unread)
  let isExhausted = search.explore { machine, _ in
    guard let ending = machine.ending else { return true }
    return visit(Outcome(machine: machine, unfolding: unfolding), ending)
  }
  return isExhausted && search.machine.cutLoops.isEmpty
}

extension Search {
  fileprivate init(_ program: Source, _ model: MemoryModel, bound: SearchBound, unread: UInt32 = 0) {
    switch bound {
    case .reduced: self.init(program, model, .reduced, unread: unread)
    case .surprises(let count): self.init(program, model, .bounded(surprises: count), unread: unread)
    case .everything:
      self.init(program, model, .bounded(surprises: .max))
      machine.followsLoops = true
    }
  }
}

/// Learns everything that the codes of a scenario can do under a memory model, without any reduction, and what the
/// reduced search asks in addition.
///
/// - Parameter bound: which executions count as all: `everything` ends only if every loop does.
/// - Returns: nil if there are `limit` executions or more.
package func unfoldAll(
  _ model: MemoryModel, limit: Int, bound: SearchBound = .surprises(.max), _ setUp: @escaping Scenario.SetUp
) -> Unfolding? {
  let program = LiveProgram(setUp)
  defer { program.finish() }
  var search = Search(program, model, bound: bound)
  var left = limit
  _ = search.explore { _, _ in
    left -= 1
    return left > 0
  }
  guard left > 0 else { return nil }
  var reduced = Search(program, model, .reduced)
  _ = reduced.explore { _, _ in true }
  return program.unfolding
}
