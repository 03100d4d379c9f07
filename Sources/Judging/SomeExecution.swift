import Interleave

/// Among how many executions ``someExecution(of:isAsWanted:)`` looks for one, each time that it looks.
private let executionsLookedAt = 20_000

/// Whether there is an execution that is as wanted, on a machine that does one thing after the other.
///
/// It is for what must be possible, as against what must never happen: that a reader meets the new value, that a wait
/// is over early. Where there are too many executions to look at all, those with few preemptions are looked at, too.
///
/// - Returns: nil where none was found and not all could be looked at: then nothing follows.
package func someExecution(of unfolding: Unfolding, isAsWanted: (Interleave.Outcome) -> Bool) -> Bool? {
  var isFound = false
  func visit(_ search: SearchBound) -> Bool {
    var left = executionsLookedAt
    return visitExecutions(unfolding, .sequential, search) { outcome, _ in
      isFound = isAsWanted(outcome)
      left -= 1
      return !isFound && left > 0
    }
  }
  let isComplete = visit(.reduced)
  if isFound || isComplete { return isFound }
  for surprises in 0...Plan(.sequential).surprises {
    _ = visit(.surprises(surprises))
    if isFound { return true }
  }
  return nil
}
