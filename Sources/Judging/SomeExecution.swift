import Interleave

/// Among how many executions ``someExecution(of:isAsWanted:)`` looks for one.
private let executionsLookedAt = 20_000

/// Whether there is an execution that is as wanted, on a machine that does one thing after the other.
///
/// It is for what must be possible, as against what must never happen: that a reader meets the new value, that a wait
/// is over early. An unfolding that somebody made up to be harmless fails here.
package func someExecution(of unfolding: Unfolding, isAsWanted: (Interleave.Outcome) -> Bool) -> Bool {
  var isFound = false
  var left = executionsLookedAt
  _ = visitExecutions(unfolding, .sequential) { outcome, _ in
    isFound = isAsWanted(outcome)
    left -= 1
    return !isFound && left > 0
  }
  return isFound
}
