import LabKernel

/// The search: every state that can be reached, in breadth first, each met once.
///
/// A layer holds the states that are equally many moves from the first one. The states of a layer are explored before
/// those of the next, so that each is reached by the fewest moves; only while too many states wait is a layer explored
/// in parts, each with all that comes after it, to bound what is kept in memory.
///
/// Invariant: a state in a layer has been counted, and has not been explored.
struct Explorer {
  /// What is kept of one outcome.
  struct Found {
    /// A state with this outcome that takes the fewest moves to reach.
    var state: Int
    /// How many states have it.
    var states: Int
    /// In how many orders it is reached.
    var orders: UInt64
    /// Whether tasks sleep in it forever.
    let isDeadlock: Bool
  }

  /// A failed assertion.
  struct Failure: Hashable {
    let lineage: UInt32
    let text: String
  }

  let limits: Exploration.Limits
  let plan: ExplorationPlan
  /// The first state.
  let first: Node
  private(set) var lineages = Lineages()
  private(set) var states = StateSet()
  private(set) var transitions = 0
  private(set) var outcomes: [Found] = []
  private(set) var failures: [(failure: Failure, state: Int)] = []
  /// Why not all states were explored; nil if all were.
  private(set) var bound: Exploration.Bound?
  /// Whether each state is known to be reached by the fewest moves.
  private(set) var isShortest = true
  /// Whether the orders in which each state is reached are counted.
  private(set) var countsOrders = true
  private(set) var depth = 0
  /// The state at each end of the graph, and its outcome, if transitions are kept.
  private(set) var finals: [(state: Int, outcome: Int)] = []
  /// The addresses of the variables that are part of an outcome; nil for one that no program has.
  let variables: [Int?]
  /// Every edge of the graph, if it is asked for.
  private(set) var edges: [Edge] = []

  /// How many states wait to be explored.
  private var waiting = 1
  /// The outcomes, by fingerprint.
  private var outcomeIndex = DigestIndex()
  /// The moves from the state that is being explored: kept, so that no state allocates them.
  private var moves: [Move] = []

  /// A transition between two states.
  struct Edge {
    let from: Int
    let to: Int
    let move: Move
  }

  init(_ kernel: Kernel, isTimed: Bool, limits: Exploration.Limits) {
    self.limits = limits
    plan = ExplorationPlan(kernel, isTimed: isTimed, reduces: limits.reduces)
    variables = limits.variables.map { kernel.addressOfVariable($0) }
    var kernel = kernel
    lineages.name(in: &kernel, after: nil)
    kernel.settle(plan)
    first = Node(kernel, plan)
  }

  /// Explores until everything has been met, or a limit is reached.
  ///
  /// - Parameter pause: called every few thousand states; false stops the search.
  mutating func run(_ pause: (_ states: Int, _ transitions: Int) -> Bool) {
    _ = states.insert(limits.merges ? first.digest(variables) : StateDigest())
    states.addOrders(1, to: 0)
    var layers = [[Box(first)]]
    while bound == nil, let top = layers.indices.last {
      var next: [Box] = []
      var left = waiting < limits.waiting ? Int.max : limits.part
      while bound == nil, left > 0, let box = layers[top].popLast() {
        left -= 1
        waiting -= 1
        explore(&box.node, in: box, into: &next)
        if left & 0xFFF == 0 { check(pause) }
        if waiting + next.count > limits.waiting { left = min(left, limits.part) }
      }
      check(pause)
      if layers[top].isEmpty { layers.removeLast() } else { countsOrders = false }
      waiting += next.count
      if !next.isEmpty {
        next.reverse()
        layers.append(next)
      }
    }
  }

  private mutating func check(_ pause: (Int, Int) -> Bool) {
    guard bound == nil else { return }
    if !pause(states.count, transitions) { bound = .stopped }
  }

  private func digest(of node: Node) -> StateDigest {
    guard !limits.merges else { return node.digest(variables) }
    var digest = StateDigest()
    digest.combine(transitions + 1)
    return digest.finished
  }

  /// Follows every move from a state.
  ///
  /// A move that only touches memory is made in place, and taken back: a copy of the machine is made only for a state
  /// that is new. The last move of all may change the machine for good.
  private mutating func explore(_ node: inout Node, in box: Box, into next: inout [Box]) {
    var moves: [Move] = []
    swap(&moves, &self.moves)
    defer { swap(&moves, &self.moves) }
    node.kernel.moves(plan, into: &moves)
    guard !moves.isEmpty else { return end(node) }
    let parent = node.index
    for number in moves.indices {
      let (move, isLast) = (moves[number], number == moves.count - 1)
      if let access = node.access(move, plan) {
        if let index = arrive(digest(of: node), from: parent, by: move) {
          let new = isLast ? box : Box(node)
          if isLast { node.index = index } else { new.node.index = index }
          next.append(new)
        }
        if !isLast { node.takeBack(access) }
      } else if isLast {
        if follow(move, &node, from: parent) { next.append(box) }
      } else {
        let new = Box(node)
        if follow(move, &new.node, from: parent) { next.append(new) }
      }
    }
  }

  /// Makes a move of any kind.
  ///
  /// - Returns: whether the state that it leads to is new.
  private mutating func follow(_ move: Move, _ node: inout Node, from parent: Int) -> Bool {
    let ending = node.make(move, plan, &lineages)
    guard let index = arrive(digest(of: node), from: parent, by: move) else { return false }
    node.index = index
    if ending?.status == .signaled(.SIGABRT), let ending { note(ending, node) }
    if let sentence = node.kernel.oops?.sentence { bound = .oops(sentence) }
    return true
  }

  /// Counts a transition.
  ///
  /// - Returns: the number of the state that it leads to, if that is new.
  private mutating func arrive(_ digest: StateDigest, from parent: Int, by move: Move) -> Int? {
    transitions += 1
    let (index, isNew) = states.insert(digest)
    let here = states.depth(of: parent) + 1
    if isNew {
      states.reach(index, from: parent, by: move)
      depth = max(depth, here)
      if states.count >= limits.states { bound = .states(limits.states) }
    } else if states.depth(of: index) != here {
      if states.depth(of: index) > here { isShortest = false }
      countsOrders = false
    }
    if countsOrders { states.addOrders(states.orders(of: parent), to: index) }
    if limits.keepsEdges { edges.append(Edge(from: parent, to: index, move: move)) }
    return isNew ? index : nil
  }

  private mutating func end(_ node: Node) {
    let orders = states.orders(of: node.index)
    let (number, isNew) = outcomeIndex.insert(node.outcome(variables))
    if limits.keepsEdges { finals.append((node.index, number)) }
    if isNew {
      outcomes.append(Found(state: node.index, states: 1, orders: orders, isDeadlock: node.kernel.hasSleepers))
      return
    }
    outcomes[number].states += 1
    let (sum, overflow) = outcomes[number].orders.addingReportingOverflow(orders)
    outcomes[number].orders = overflow ? .max : sum
    if states.depth(of: node.index) < states.depth(of: outcomes[number].state) {
      outcomes[number].state = node.index
    }
  }

  private mutating func note(_ ending: Ending, _ node: Node) {
    let text = node.kernel.failedAssertion(of: TaskID(ending.row)) ?? ""
    let failure = Failure(lineage: ending.lineage, text: text)
    guard !failures.contains(where: { $0.failure == failure }) else { return }
    failures.append((failure, node.index))
  }
}

/// A state that waits, by reference: what waits is moved about, and is large.
private final class Box {
  var node: Node

  init(_ node: Node) { self.node = node }
}
