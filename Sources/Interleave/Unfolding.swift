/// Everything that the codes of a scenario can do, learned by running them: for each code, a tree of operations.
///
/// A node is an operation. Its children are what the code does next, one child for each result that the operation
/// was seen to have. What a code does depends only on the results so far, so with the tree the code is no longer
/// needed: every interleaving under every memory model can be explored on it.
///
/// Invariant: a node's parent comes before it, and siblings have different results.
public struct Unfolding: Sendable, Equatable {
  /// A place in memory, as the set-up left it.
  package struct Location: Sendable, Equatable {
    var name: String
    var initial: Int
    var isPlain: Bool
    /// Whether the code under test made it for itself.
    var isOfSubject = false
  }

  struct Node: Sendable, Equatable {
    var operation: Operation
    var parent: Int
    /// The parent's result that led here.
    var result: Int
    var firstChild = -1
    var nextSibling = -1
    /// For an operation that waits: the last truth that was learned, or -1.
    var lastTruth = -1
    /// For a look: the last outlook that was learned, or -1.
    var lastProspect = -1
  }

  /// Whether a value satisfies the condition of a node that waits.
  struct Truth: Sendable, Equatable {
    var node: Int
    var value: Int
    var isTrue: Bool
    var previous: Int
  }

  /// What a loop at a node leads to, as long as nothing changes at some locations, one bit each.
  struct Prospect: Sendable, Equatable {
    var node: Int
    var watched: UInt32
    var outlook: Outlook
    var previous: Int
  }

  /// The locations by number; the CPUs' task states come last.
  package internal(set) var locations: [Location] = []
  /// The number of CPUs; their codes come first, followed by those of the interrupts.
  package internal(set) var cpus = 0
  /// The CPU of each interrupt.
  package internal(set) var interrupts: [Int] = []
  /// The places of operations, as `file:line`.
  package internal(set) var sources: [String] = []
  /// The names of observations, and of calls of a subject.
  package internal(set) var observations: [String] = []
  /// The names of properties that codes changed although they are neither atomics nor cells, so that each CPU has one.
  package internal(set) var unshared: [String] = []
  /// Those of `unshared` that the codes of two CPUs changed: without a copy per CPU, that is a data race.
  package internal(set) var contended: [String] = []
  /// What is wrong with the codes themselves, or nil.
  package internal(set) var problem: Problem?
  var roots: [Int] = []
  var nodes: [Node] = []
  var truths: [Truth] = []
  var prospects: [Prospect] = []

  /// Creates an unfolding in which nothing is known.
  package init() {}

  /// The number of known operations.
  package var operations: Int { nodes.count }

  /// Why codes cannot be explored.
  public enum Problem: Int, Sendable, Error, CaseIterable {
    /// The same code behaved differently although it saw the same values.
    case nondeterministic
    /// More operations than `Limits.unfolding`.
    case tooLarge
    /// The condition of a wait trapped, or used shared memory.
    case badCondition
    /// A branch that was looked up is missing: what was recorded is not complete.
    case incomplete
  }

  /// Returns the child of `node` for a result, or -1.
  func child(of node: Int, result: Int) -> Int {
    var child = nodes[node].firstChild
    while child >= 0, nodes[child].result != result { child = nodes[child].nextSibling }
    return child
  }

  /// Whether `value` satisfies the condition at `node`, or nil if that is not known yet.
  func truth(at node: Int, of value: Int) -> Bool? {
    var index = nodes[node].lastTruth
    while index >= 0 {
      if truths[index].value == value { return truths[index].isTrue }
      index = truths[index].previous
    }
    return nil
  }

  /// Returns everything that is known about the condition at `node`.
  func truths(at node: Int) -> [Truth] {
    var known: [Truth] = []
    var index = nodes[node].lastTruth
    while index >= 0 {
      known.append(truths[index])
      index = truths[index].previous
    }
    return known
  }

  /// Returns what a loop at `node` that watches some locations leads to, or nil if that is not known yet.
  func outlook(at node: Int, watching watched: UInt32) -> Outlook? {
    var index = nodes[node].lastProspect
    while index >= 0 {
      if prospects[index].watched == watched { return prospects[index].outlook }
      index = prospects[index].previous
    }
    return nil
  }

  /// Returns the operations above a node with their results, from the first on.
  func path(to node: Int) -> [(operation: Operation, result: Int)] {
    var path: [(operation: Operation, result: Int)] = []
    var step = node
    while nodes[step].parent >= 0 {
      let parent = nodes[step].parent
      path.append((nodes[parent].operation, nodes[step].result))
      step = parent
    }
    return path.reversed()
  }

  /// Whether a node has as many children as allowed.
  func isFull(_ node: Int) -> Bool {
    var count = 0
    var child = nodes[node].firstChild
    while child >= 0, count < Limits.results {
      count += 1
      child = nodes[child].nextSibling
    }
    return count == Limits.results
  }

  /// Whether the condition of a node has been evaluated on as many values as allowed.
  func isSettled(_ node: Int) -> Bool {
    var count = 0
    var truth = nodes[node].lastTruth
    while truth >= 0, count < Limits.results {
      count += 1
      truth = truths[truth].previous
    }
    return count == Limits.results
  }

  /// Returns a name fit for a table: a limited number of visible characters, in any language.
  static func printable(_ text: String, most: Int = Limits.letters) -> String {
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(most) { name.append(scalar.isVisible ? scalar : "?") }
    return String(name)
  }

  mutating func append(_ operation: Operation, after parent: Int, result: Int) -> Int {
    let new = nodes.count
    nodes.append(Node(operation: operation, parent: parent, result: result))
    guard parent >= 0 else { return new }
    nodes[new].nextSibling = nodes[parent].firstChild
    nodes[parent].firstChild = new
    return new
  }

  mutating func learn(_ isTrue: Bool, of value: Int, at node: Int) {
    truths.append(Truth(node: node, value: value, isTrue: isTrue, previous: nodes[node].lastTruth))
    nodes[node].lastTruth = truths.count - 1
  }

  mutating func learn(_ outlook: Outlook, at node: Int, watching watched: UInt32) {
    prospects.append(
      Prospect(node: node, watched: watched, outlook: outlook, previous: nodes[node].lastProspect))
    nodes[node].lastProspect = prospects.count - 1
  }

  /// Returns places of operations as `file:line`, sorted; operations of the harness have none.
  func places(of sources: Set<Int>) -> [String] {
    sources.map { self.sources[$0].isEmpty ? "the scene" : self.sources[$0] }.sorted {
      $0.count == $1.count ? $0 < $1 : $0.count < $1.count
    }
  }

  /// Returns the CPU that runs a code.
  func cpu(of code: Int) -> Int { code < cpus ? code : interrupts[code - cpus] }
}
