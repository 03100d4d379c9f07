import LabHarness
import LabKernel

/// What an allocator has said so far: which numbers it has given to which pids.
///
/// The book chooses no number itself.
package struct PIDBook: Sendable {
  /// The limit of the numbers.
  package let limit: Int
  /// What is in use.
  package private(set) var census = PIDCensus()
  /// The pid that has each number, by namespace; looked up, or put in order before it is shown.
  package private(set) var owners: [Int: [Int: Int]] = [0: [:]]
  /// The numbers of each pid in use, from its namespace to the outermost.
  package private(set) var numbers: [Int: [Int]] = [:]
  /// The last number that was given in each namespace.
  package private(set) var last: [Int: Int] = [:]
  /// The namespaces in which a call has failed since a number was given there.
  package private(set) var failed: Set<Int> = []
  /// The namespaces in use that are closed.
  package private(set) var closed: Set<Int> = []
  /// How many pids have been in use at one time at most.
  package private(set) var mostPIDs = 0
  /// How many namespaces have been in use at one time at most.
  package private(set) var mostNamespaces = 1

  /// Nothing has been said.
  package init(limit: Int) { self.limit = limit }

  /// Returns the pid that has the smallest number at or above `number`, and that number.
  package func first(atOrAbove number: Int, in name: Int) -> (number: Int, pid: Int)? {
    guard let found = owners[name, default: [:]].keys.filter({ $0 >= number }).min(),
      let pid = owners[name]?[found]
    else { return nil }
    return (found, pid)
  }

  /// The number of a pid in a namespace; 0 if it has none there.
  package func number(of pid: Int, in name: Int) -> Int {
    guard let home = census.homes[pid], let index = census.chain(from: home).firstIndex(of: name) else { return 0 }
    return numbers[pid]?[index] ?? 0
  }

  /// Whether all numbers from ``reservedPIDs`` on are in use in a namespace, so that none may be left.
  package func mayBeFull(_ name: Int) -> Bool {
    (reservedPIDs..<limit).allSatisfy { owners[name]?[$0] != nil }
  }

  /// Records a namespace that was made.
  package mutating func make(_ name: Int, in parent: Int) {
    census.make(name, in: parent)
    owners[name] = [:]
    mostNamespaces = max(mostNamespaces, census.namesInUse.count)
  }

  /// Records one more user.
  package mutating func retain(_ name: Int) { census.retain(name) }

  /// Records that a namespace was closed.
  package mutating func close(_ name: Int) { closed.insert(name) }

  /// Records one user less.
  package mutating func release(_ name: Int) { forget(census.release(name)) }

  /// Records that a pid was given numbers, from its namespace to the outermost.
  package mutating func give(_ pid: Int, _ given: [Int], in name: Int) {
    census.allocate(pid, in: name)
    numbers[pid] = given
    for (place, number) in zip(census.chain(from: name), given) {
      owners[place]?[number] = pid
      last[place] = number
      failed.remove(place)
    }
    mostPIDs = max(mostPIDs, census.homes.count)
  }

  /// Records that numbers were given and given back at once; the last of them are `given`.
  package mutating func pass(_ given: [Int], in name: Int) {
    mostPIDs = max(mostPIDs, census.homes.count + 1)
    for (place, number) in zip(census.chain(from: name), given) {
      last[place] = number
      failed.remove(place)
      if census.namespaces[place]?.count == 0 { closed.insert(place) }
    }
  }

  /// Records that `allocate` threw.
  package mutating func fail(in name: Int) { failed.formUnion(census.chain(from: name)) }

  /// Records that a pid was freed.
  package mutating func free(_ pid: Int) {
    guard let home = census.homes[pid], let given = numbers.removeValue(forKey: pid) else { return }
    let chain = census.chain(from: home)
    for (place, number) in zip(chain, given) where owners[place]?[number] == pid { owners[place]?[number] = nil }
    let gone = census.free(pid)
    for place in chain where census.namespaces[place]?.count == 0 { closed.insert(place) }
    forget(gone)
  }

  private mutating func forget(_ names: [Int]) {
    for name in names {
      owners[name] = nil
      last[name] = nil
      closed.remove(name)
      failed.remove(name)
    }
  }
}
