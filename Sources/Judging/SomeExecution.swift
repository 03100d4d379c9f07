import Interleave

/// The number of executions in which each search of ``someExecution(of:isAsWanted:)`` looks.
private let executionsLookedAt = 20_000

/// Whether there is an execution as wanted, under sequential consistency.
///
/// It is for what must be possible, as opposed to what must never happen: that a reader sees the new value, that a wait
/// ends early. If there are too many executions to explore them all, those with few preemptions are explored, too.
///
/// - Returns: nil if none was found and not all could be explored: then nothing follows.
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
