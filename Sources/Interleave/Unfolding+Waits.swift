extension Unfolding {
  /// Returns the complaint if a call that must not wait does so, with its place if known.
  ///
  /// - Parameters:
  ///   - call: the prefix of the calls' names, as the harness gives them.
  ///   - name: the name of the call in the sentence, if different.
  package func wait(inCalls call: String, named name: String? = nil) -> String? {
    firstWait(inCalls: call, looks: Limits.looksOfCall).map { place in
      "\(name ?? call) waits for another CPU" + (place.isEmpty ? "" : ", at \(place)")
    }
  }

  /// Returns the first place, as `file:line`, at which a call whose name begins with `call` waits for others, or nil.
  ///
  /// A code waits where only a change lets it go on: in `spin(until:)`, `cpuRelax()` and `park()`, and in a loop
  /// that looks at one location more than `looks` times and sees the same value, whether or not it finally gives up.
  ///
  /// - Parameters:
  ///   - call: the prefix of the calls' names, as the harness gives them.
  ///   - looks: how often a call may look at the same location in vain.
  package func firstWait(inCalls call: String, looks: Int) -> String? {
    var states: [LookState?] = []
    states.reserveCapacity(nodes.count)
    for (number, node) in nodes.enumerated() {
      var state = node.parent >= 0 ? states[node.parent] : nil
      if node.parent >= 0, let looked = state?.after(nodes[node.parent].operation, node.result) { state = looked }
      switch node.operation.kind {
      case .call: state = observations[node.operation.location].hasPrefix(call) ? LookState() : nil
      case .returns: state = nil
      case .await, .park, .relax: if state != nil { return place(of: node.operation) }
      case .load, .exchange, .compareExchange:
        if let seen = state?.counts[node.operation.location], seen.times >= looks, isLook(number) {
          return place(of: node.operation)
        }
      case .store, .add, .fence, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe,
        .holds, .callback, .trap, .end:
        break
      }
      states.append(state)
    }
    return nil
  }

  /// Whether an operation leaves everything unchanged in at least one execution.
  private func isLook(_ node: Int) -> Bool {
    var child = nodes[node].firstChild
    while child >= 0 {
      if nodes[node].operation.isLook(nodes[child].result) { return true }
      child = nodes[child].nextSibling
    }
    return nodes[node].firstChild < 0
  }
}

/// What a call has seen so far, for each location that it has looked at in vain.
private struct LookState {
  /// The value last seen, and how often in a row.
  var counts: [Int: (value: Int, times: Int)] = [:]

  /// Returns the state after an operation with this result.
  ///
  /// If another CPU has changed what was seen before, looking at the other locations again is not in vain: the code
  /// goes on as soon as the other CPUs pause.
  func after(_ operation: Operation, _ result: Int) -> LookState {
    guard operation.kind == .load || operation.kind == .store || operation.isUpdate else { return self }
    var next = self
    guard operation.isLook(result) else {
      next.counts[operation.location] = nil
      return next
    }
    let seen = next.counts[operation.location]
    if let seen, seen.value != result { next.counts = [:] }
    next.counts[operation.location] = (result, seen?.value == result ? (seen?.times ?? 0) + 1 : 1)
    return next
  }
}
