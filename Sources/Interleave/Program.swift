/// The source from which a search learns what the codes of a scenario do.
protocol Program {
  /// What is known so far.
  var unfolding: Unfolding { get }
  /// Returns what `code` does after the operation at `node` had this result; -1 and a problem if that cannot be known.
  mutating func next(after node: Int, result: Int, code: Int) -> Int
  /// Whether the operation at `node`, which waits, would go on with this value.
  mutating func isSatisfied(at node: Int, by value: Int, code: Int) -> Bool
  /// Returns what the loop at `node` leads to, as long as nothing changes at the watched locations, one bit each.
  mutating func outlook(at node: Int, watching watched: UInt32, code: Int) -> Outlook
}

/// A program about which everything is already known.
struct RecordedProgram: Program {
  private(set) var unfolding: Unfolding

  init(_ unfolding: Unfolding) { self.unfolding = unfolding }

  mutating func next(after node: Int, result: Int, code: Int) -> Int {
    let next = unfolding.child(of: node, result: result)
    if next < 0 { unfolding.problem = unfolding.problem ?? .incomplete }
    return next
  }

  mutating func isSatisfied(at node: Int, by value: Int, code: Int) -> Bool {
    if let truth = unfolding.truth(at: node, of: value) { return truth }
    unfolding.problem = unfolding.problem ?? .incomplete
    return false
  }
  mutating func outlook(at node: Int, watching watched: UInt32, code: Int) -> Outlook {
    if let outlook = unfolding.outlook(at: node, watching: watched) { return outlook }
    unfolding.problem = unfolding.problem ?? .incomplete
    return .leaves
  }
}
