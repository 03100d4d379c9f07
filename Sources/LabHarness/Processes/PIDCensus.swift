/// Which namespaces and pids of a case are in use, by the names that the case gives them.
///
/// This is the contract's definition of *in use*. It knows no number and no cursor.
package struct PIDCensus: Sendable {
  /// A namespace in use.
  package struct Namespace: Sendable {
    /// The name of the namespace around it.
    package let parent: Int?
    /// How many namespaces are around it.
    package let level: Int
    /// How many users it has.
    package fileprivate(set) var users = 1
    /// How many namespaces in use are directly inside.
    fileprivate var inside = 0
    /// How many pids have a number in it.
    package fileprivate(set) var count = 0
  }

  /// The namespaces in use, by name; looked up, never iterated.
  package private(set) var namespaces = [0: Namespace(parent: nil, level: 0)]
  /// The names of the namespaces in use, in order.
  package private(set) var namesInUse = [0]
  /// The namespace of each pid in use; looked up, never iterated.
  package private(set) var homes: [Int: Int] = [:]

  /// Only the outermost namespace.
  package init() {}

  /// The names of a namespace and of those around it, from the innermost to the outermost.
  package func chain(from name: Int) -> [Int] {
    var names: [Int] = []
    var place: Int? = name
    while let current = place, let namespace = namespaces[current] {
      names.append(current)
      place = namespace.parent
    }
    return names
  }

  /// Adds a namespace with one user.
  package mutating func make(_ name: Int, in parent: Int) {
    guard let around = namespaces[parent] else { return }
    namespaces[name] = Namespace(parent: parent, level: around.level + 1)
    namespaces[parent]?.inside += 1
    namesInUse.insert(name, at: namesInUse.firstIndex { $0 > name } ?? namesInUse.count)
  }

  /// Adds a user.
  package mutating func retain(_ name: Int) { namespaces[name]?.users += 1 }

  /// Removes a user; returns the namespaces that are no longer in use.
  package mutating func release(_ name: Int) -> [Int] {
    namespaces[name]?.users -= 1
    return settle(from: name)
  }

  /// Adds a pid.
  package mutating func allocate(_ pid: Int, in name: Int) {
    homes[pid] = name
    for place in chain(from: name) { namespaces[place]?.count += 1 }
  }

  /// Removes a pid; returns the namespaces that are no longer in use.
  package mutating func free(_ pid: Int) -> [Int] {
    guard let home = homes.removeValue(forKey: pid) else { return [] }
    for place in chain(from: home) { namespaces[place]?.count -= 1 }
    return settle(from: home)
  }

  private mutating func settle(from name: Int) -> [Int] {
    var gone: [Int] = []
    for place in chain(from: name) {
      guard let namespace = namespaces[place], let parent = namespace.parent, namespace.users == 0,
        namespace.inside == 0, namespace.count == 0
      else { break }
      namespaces[place] = nil
      namespaces[parent]?.inside -= 1
      gone.append(place)
    }
    namesInUse.removeAll { gone.contains($0) }
    return gone
  }

  /// Whether a call names only what is in use, and gives new names only to what is new.
  package func allows(_ operation: PIDLab.Operation) -> Bool {
    switch operation {
    case .makeNamespace(let name, let parent): name > 0 && namespaces[name] == nil && namespaces[parent] != nil
    case .retain(let name), .close(let name), .list(let name), .place(let name), .churn(_, let name),
      .churnNamespaces(_, let name), .find(_, let name), .findAtOrAbove(_, let name):
      namespaces[name] != nil
    case .release(let name): namespaces[name].map { $0.users > 0 && (name != 0 || $0.users > 1) } ?? false
    case .allocate(let first, let count, let name):
      namespaces[name] != nil && first >= 0 && count >= 0 && count <= 1 << 22
        && (first..<first + count).allSatisfy { homes[$0] == nil }
    case .free(let first, let count):
      count >= 0 && count <= 1 << 22 && first >= 0 && (first..<first + count).contains { homes[$0] != nil }
    case .number(let pid, let name): homes[pid] != nil && namespaces[name] != nil
    case .home(let pid): homes[pid] != nil
    }
  }
}
