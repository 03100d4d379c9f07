// What calls of a subject do, as far as it affects how much there is to explore.

extension Unfolding {
  /// A call of a subject, and how many operations it may take.
  package struct Effort: Sendable, Equatable {
    /// The name of the call.
    package var call: String
    /// The number of operations on the subject's own atomics; see ``greatestEffort()``.
    package var operations: Int
  }

  /// Returns the call that takes the most operations, over all results.
  ///
  /// A look that sees what the call last saw or stored there is not counted, so a loop counts each value once while it
  /// waits in vain.
  package func greatestEffort() -> Effort? {
    var greatest: Effort?
    var work = 0
    for leaf in nodes.indices where nodes[leaf].firstChild < 0 {
      let path = path(to: leaf)
      work += path.count
      if work > Limits.work { break }
      for effort in efforts(path) where effort.operations > greatest?.operations ?? 0 { greatest = effort }
    }
    return greatest
  }

  private func efforts(_ path: [(operation: Operation, result: Int)]) -> [Effort] {
    var efforts: [Effort] = []
    var seen: [Int: Int] = [:]
    for (operation, result) in path {
      if operation.kind == .call {
        seen = [:]
        efforts.append(Effort(call: observations[operation.location], operations: 0))
      }
      guard operation.isAtLocation, locations[operation.location].isOfSubject, !efforts.isEmpty else { continue }
      let isRepeated = operation.isLook(result) && seen[operation.location] == result
      if !isRepeated { efforts[efforts.count - 1].operations += 1 }
      seen[operation.location] = operation.kind == .store ? operation.operand : result
    }
    return efforts
  }

  /// The subject's own atomics that codes store to and never read, one bit each: nothing depends on them.
  var unread: UInt32 {
    var (stored, read): (UInt32, UInt32) = (0, 0)
    for node in nodes where node.operation.isAtLocation {
      let bit = UInt32(1) << UInt32(node.operation.location)
      if node.operation.kind == .store { stored |= bit } else { read |= bit }
    }
    return stored & ~read & own
  }

  private var own: UInt32 {
    locations.indices.reduce(0) { locations[$1].isOfSubject ? $0 | 1 << UInt32($1) : $0 }
  }
}
