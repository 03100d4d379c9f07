extension Unfolding {
  /// Returns the names of the atomics that a code writes to in at least one execution, in order of creation.
  ///
  /// - Parameter code: a CPU's number, or the number of CPUs plus that of an interrupt.
  package func atomicsWritten(by code: Int) -> [String] {
    var codes: [Int] = []
    var written = Set<Int>()
    for (number, node) in nodes.enumerated() {
      codes.append(node.parent >= 0 ? codes[node.parent] : roots.firstIndex(of: number) ?? -1)
      let operation = node.operation
      if codes[number] == code, operation.kind == .store || operation.isUpdate { written.insert(operation.location) }
    }
    return written.sorted().map { locations[$0].name }
  }
}
