/// Where a search learns what the codes of a scenario do.
protocol Program {
  /// What is known so far.
  var unfolding: Unfolding { get }
  /// What `code` does after the operation at `node` had this result; -1 and a problem if that cannot be known.
  mutating func next(after node: Int, result: Int, code: Int) -> Int
  /// Whether the operation at `node`, which waits, would go on with this value.
  mutating func isSatisfied(at node: Int, by value: Int, code: Int) -> Bool
  /// What comes of the loop at `node`, as long as nothing changes at the locations that it watches, a bit each.
  mutating func outlook(at node: Int, watching watched: UInt32, code: Int) -> Outlook
}

/// A program of which everything is known already.
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
