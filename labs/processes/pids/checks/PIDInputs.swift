import Judging
import LabHarness
import LabKernel

/// Collects the calls of one case, names its pids and namespaces, and keeps the answers that are known.
package struct PIDScript: Sendable {
  private let limit: Int
  private var calls: [PIDLab.Operation] = []
  /// The answers that are known, by the places of the calls.
  package private(set) var expected: [Int: PIDAnswer] = [:]
  /// The next name of a pid.
  package private(set) var pids = 0
  private var namespaces = 1

  /// A case with this limit, without calls so far.
  package init(limit: Int) { self.limit = limit }

  /// Makes a namespace; returns its name.
  @discardableResult
  package mutating func make(in parent: Int = 0) -> Int {
    calls.append(.makeNamespace(namespaces, in: parent))
    namespaces += 1
    return namespaces - 1
  }

  /// Makes namespaces inside each other; returns their names, from the outermost to the innermost.
  package mutating func nest(_ count: Int, in parent: Int = 0) -> [Int] {
    (0..<count).reduce(into: []) { names, _ in names.append(make(in: names.last ?? parent)) }
  }

  /// Allocates pids; returns the name of the first.
  ///
  /// - Parameters:
  ///   - given: the right numbers, if they are known: those in the namespace, then those in the one around it, and so on.
  ///   - error: what ends the series.
  @discardableResult
  package mutating func allocate(
    _ count: Int = 1, in name: Int = 0, gives given: [[Int]] = [], then error: Errno? = nil
  ) -> Int {
    if !given.isEmpty || error != nil {
      var right = GivenPIDs(levels: given.count)
      right.numbers = given.map { NumberRuns($0) }
      right.error = error
      expected[calls.count] = .given(right)
    }
    calls.append(.allocate(pids, count: count, in: name))
    pids += count
    return pids - count
  }

  /// Frees pids.
  package mutating func free(_ names: Int...) { calls += names.map { .free($0) } }

  /// Makes any other calls.
  package mutating func call(_ operations: PIDLab.Operation...) { calls += operations }

  /// The case so far.
  package var input: PIDLab.Input { PIDLab.Input(limit, calls) }

  /// Makes a case of the calls that `write` adds.
  package static func script(limit: Int = 310, _ write: (inout PIDScript) -> Void) -> PIDScript {
    var script = PIDScript(limit: limit)
    write(&script)
    return script
  }
}

extension PIDLab.Input {
  /// Makes a case of the calls that `write` adds.
  package static func script(limit: Int = 310, _ write: (inout PIDScript) -> Void) -> PIDLab.Input {
    PIDScript.script(limit: limit, write).input
  }
}

extension PIDLab: SimplerCases {
  /// Returns smaller limits.
  package static func simplerSetups(than limit: Int) -> [Int] {
    [301, 302, 310, 400, 1000].filter { $0 < limit } + limit.smaller(downTo: reservedPIDs + 1)
  }

  /// Returns calls that come nearer to the start, or are fewer.
  package static func simplerCalls(than operation: Operation) -> [Operation] {
    switch operation {
    case .allocate(let first, let count, let name):
      let fewer = count.smaller(downTo: 1).map { Operation.allocate(first, count: $0, in: name) }
      return fewer + (name > 0 ? [.allocate(first, count: count, in: 0)] : [])
    case .free(let first, let count): return count.smaller(downTo: 1).map { .free(first, count: $0) }
    case .churn(let count, let name): return count.smaller(downTo: 1).map { .churn($0, in: name) }
    case .churnNamespaces(let count, let name): return count.smaller(downTo: 1).map { .churnNamespaces($0, in: name) }
    case .makeNamespace(let name, let parent): return parent > 0 ? [.makeNamespace(name, in: 0)] : []
    case .retain, .release, .close, .number, .home, .find, .findAtOrAbove, .list, .place: return []
    }
  }
}
