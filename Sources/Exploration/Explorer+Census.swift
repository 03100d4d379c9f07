import LabKernel

extension Explorer {
  /// What the search has found.
  var census: Census {
    let order = outcomes.indices.sorted {
      (states.depth(of: outcomes[$0].state), $0) < (states.depth(of: outcomes[$1].state), $1)
    }
    let isCounted = countsOrders && bound == nil
    let total = outcomes.reduce(into: UInt64(0)) {
      $0 = $0.addingReportingOverflow($1.orders).overflow ? .max : $0 + $1.orders
    }
    return Census(
      outcomes: order.prefix(limits.outcomes).map { outcome(outcomes[$0], isCounted: isCounted) },
      outcomeCount: outcomes.count, deadlockCount: outcomes.count { $0.isDeadlock },
      failures: failures.map { failure, state in
        Census.Failure(task: lineages.name(failure.lineage), text: failure.text, steps: replay(to: state).steps)
      },
      states: states.count, transitions: transitions, depth: depth,
      orders: isCounted && total < .max ? total : nil, bound: bound, isShortest: isShortest)
  }

  private func outcome(_ found: Found, isCounted: Bool) -> Census.Outcome {
    let (node, steps) = replay(to: found.state)
    let kernel = node.kernel
    let ends =
      node.endings.map { (lineage: $0.lineage, how: $0.status.sentence) }
      + kernel.sleepingTasks.map { (lineage: kernel.tasks[$0].lineage, how: "asleep in \(kernel.call(of: $0))") }
    let values = zip(limits.variables, variables).map { ($0, $1.flatMap { kernel.sharedWord(at: $0) } ?? 0) }
    return Census.Outcome(
      console: kernel.console.text,
      ends: ends.sorted { $0.lineage < $1.lineage }.map { Census.End(task: lineages.name($0.lineage), how: $0.how) },
      variables: Dictionary(uniqueKeysWithValues: values), isDeadlock: found.isDeadlock,
      asleep: kernel.sleepers.map { sentence($0, kernel) }, states: found.states,
      orders: isCounted && found.orders < .max ? found.orders : nil, steps: steps)
  }

  /// "C in read, until P writes to the pipe".
  private func sentence(_ sleeper: Sleeper, _ kernel: Kernel) -> String {
    let wakers = sleeper.wakers.map { name(ofPID: $0, kernel) }.joined(separator: " or ")
    let who = wakers.isEmpty ? "another task" : wakers
    return "\(name(ofPID: sleeper.pid, kernel)) in \(sleeper.call), until \(who) \(sleeper.remedy)"
  }

  private func name(ofPID pid: PID, _ kernel: Kernel) -> String {
    let row = kernel.tasks.indices.last { kernel.tasks[TaskID($0)].pid == pid }
    return row.map { lineages.name(kernel.tasks[TaskID($0)].lineage) } ?? "pid \(pid)"
  }

  /// What each transition that was kept does.
  ///
  /// - Complexity: O(transitions x depth).
  var labels: [(from: Int, to: Int, label: String)] {
    var names = lineages
    return edges.map { edge in
      var node = replay(to: edge.from).node
      let row: Int? =
        switch edge.move {
        case .run(let row, _), .expire(let row): Int(row)
        case .wait: nil
        }
      let task = row.map { names.name(node.kernel.tasks[TaskID($0)].lineage) + ": " } ?? ""
      let (what, result) = node.tell(edge.move, plan, &names)
      return (edge.from, edge.to, task + what + (result.isEmpty ? "" : " " + result))
    }
  }

  /// The shortest known way to a state, and the state.
  func replay(to state: Int) -> (node: Node, steps: [Census.Step]) {
    var node = first
    var names = lineages
    var steps: [Census.Step] = []
    for move in states.path(to: state) {
      let row: Int? =
        switch move {
        case .run(let row, _), .expire(let row): Int(row)
        case .wait: nil
        }
      let task = row.map { node.kernel.tasks[TaskID($0)] }
      let (what, result) = node.tell(move, plan, &names)
      steps.append(
        Census.Step(task: task.map { names.name($0.lineage) } ?? "", pid: task?.pid ?? 0, what: what, result: result))
    }
    return (node, steps)
  }
}
