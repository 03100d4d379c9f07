import LabKernel

/// The states that have been met, each with how it was first reached.
///
/// ```swift
/// let (index, isNew) = states.insert(digest)
/// states.reach(index, from: parent, by: move)
/// ```
/// - Complexity: O(1) for each state, and about 50 bytes.
struct StateSet {
  private var index = DigestIndex()
  private var parents: [UInt32] = []
  private var moves: [Move] = []
  private var depths: [UInt32] = []
  /// In how many orders each state was reached, while that can be counted.
  private var orders: [UInt64] = []

  /// How many states there are.
  var count: Int { index.count }

  /// The number of a state, and whether it is met for the first time.
  mutating func insert(_ digest: StateDigest) -> (index: Int, isNew: Bool) {
    let (number, isNew) = index.insert(digest)
    if isNew {
      parents.append(0)
      moves.append(.wait)
      depths.append(0)
      orders.append(0)
    }
    return (number, isNew)
  }

  /// Notes how a state was first reached.
  mutating func reach(_ state: Int, from parent: Int, by move: Move) {
    parents[state] = UInt32(parent)
    moves[state] = move
    depths[state] = depths[parent] + 1
  }

  /// How many moves it takes to reach a state, in the way that is noted.
  func depth(of state: Int) -> Int { Int(depths[state]) }

  /// In how many orders a state was reached.
  func orders(of state: Int) -> UInt64 { orders[state] }

  /// Adds to the orders in which a state was reached; at the largest number it stays.
  mutating func addOrders(_ more: UInt64, to state: Int) {
    let (sum, overflow) = orders[state].addingReportingOverflow(more)
    orders[state] = overflow ? .max : sum
  }

  /// The moves that lead from the first state to this one.
  func path(to state: Int) -> [Move] {
    var path: [Move] = []
    var state = state
    while state != 0 {
      path.append(moves[state])
      state = Int(parents[state])
    }
    return path.reversed()
  }
}
