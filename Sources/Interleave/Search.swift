/// A walk through the executions of a program, one after the other, each from its beginning.
///
/// The walk is a tree: a node is a moment at which a process must be chosen, a branch is a process and one of its
/// choices. `run` follows the branches chosen so far and then extends them by the default: stay on the CPU that ran
/// last, drain buffers at once, see the latest value.
///
/// - Source: Abdulla, Aronis, Jonsson and Sagonas, Optimal dynamic partial order reduction, POPL 2014,
///   doi:10.1145/2535838.2535845: source sets and sleep sets. Musuvathi and Qadeer, Iterative context bounding for
///   systematic testing of multithreaded programs, PLDI 2007, doi:10.1145/1250734.1250785.
struct Search<Source: Program> {
  /// Which branches are taken.
  enum Strategy: Equatable {
    /// All branches up to a number of surprises: preemptions, late buffers, stale values.
    case bounded(surprises: Int)
    /// Enough branches for one execution of each equivalence class: two are equivalent if they differ only in the order
    /// of steps whose order does not matter.
    case reduced
  }

  struct Node {
    var enabled: UInt32 = 0
    /// The processes to be explored from here, those already explored, and those that need not be.
    var backtrack: UInt32 = 0
    var done: UInt32 = 0
    var asleep: UInt32 = 0
    var chosen = 0
    var choice = 0
    /// In how many ways the chosen process can go on: 0 if it must be forced, -1 if not counted yet.
    var choices = -1
    /// How many of them are the process's own rather than interrupts.
    var ownChoices = 0
    /// The CPU that last took a step, or -1.
    var last = -1
    /// The buffers that were already waiting when the previous step was taken.
    var waiting: UInt32 = 0
    /// The number of surprises on the way here.
    var surprises = 0
  }

  /// What the reduction must know of a step.
  struct Step {
    var process: Int
    var time: UInt16
    /// What happened before it and matters to it, including itself.
    var clock: Clock
    var touched: Touched
  }

  var machine: Machine
  var program: Source
  let strategy: Strategy
  var nodes: [Node] = []
  var steps: [Step] = []
  /// What has happened before each process's next step.
  var clocks = [Clock](repeating: .zero, count: Machine.processes)
  var lastWrites = [Clock](repeating: .zero, count: 64)
  var lastReads = [Clock](repeating: .zero, count: 64)
  private(set) var executions = 0
  private(set) var redundant = 0
  /// The work done so far: a unit is about the cost of a step.
  var work = 0
  /// An execution that is stuck although it seems able to go on; see ``Machine/isStalled(_:_:)``.
  private var stalled: (machine: Machine, nodes: [Node])?
  /// The first node whose step is new in this execution.
  private var firstNew = 0

  /// - Parameter unread: see ``Unfolding/unread``; it must hold for everything that the walk learns.
  init(_ program: Source, _ model: MemoryModel, _ strategy: Strategy, unread: UInt32 = 0) {
    self.program = program
    self.strategy = strategy
    machine = Machine(model, unread: unread)
  }

  /// Visits executions until `visit` returns false or none are left.
  ///
  /// - Returns: whether none are left.
  mutating func explore(_ visit: (Machine, _ schedule: () -> Schedule) -> Bool) -> Bool {
    repeat {
      run()
      if let stalled {
        executions += 1
        if !visit(stalled.machine, { Self.schedule(stalled.nodes) }) { return false }
      }
      if machine.ending == .redundant || !machine.hasTotalOrder() {
        redundant += 1
      } else {
        executions += 1
        let nodes = nodes
        if !visit(machine, { Self.schedule(nodes) }) { return false }
        if machine.ending == .broken { return false }
      }
      if work >= Limits.work { return false }
    } while backtrack()
    return true
  }

  private static func schedule(_ nodes: [Node]) -> Schedule {
    var schedule = Schedule()
    schedule.steps = nodes.map { Schedule.Step(process: $0.chosen, choice: $0.choice) }
    return schedule
  }

  /// Runs one execution: along `nodes`, then by default.
  private mutating func run() {
    restart()
    var depth = 0
    while machine.ending == nil {
      if depth == nodes.count {
        guard open() else { break }
      }
      if depth >= Limits.stepsOfExecution { machine.ending = .livelock }
      if work >= Limits.work { machine.ending = .tooLong }
      if machine.ending != nil { break }
      if nodes[depth].choices < 0 { countChoices(at: depth) }
      take(nodes[depth], isNew: depth >= firstNew)
      depth += 1
      // The reduced search must run on: only what follows shows which steps could change places.
      if strategy != .reduced, !machine.hasTotalOrder() { machine.ending = .redundant }
    }
    nodes.removeLast(nodes.count - depth)
  }

  private mutating func restart() {
    machine.reset(&program)
    stalled = nil
    steps.removeAll(keepingCapacity: true)
    for process in clocks.indices { clocks[process] = .zero }
    for location in lastWrites.indices {
      lastWrites[location] = .zero
      lastReads[location] = .zero
    }
  }

  /// Adds the node that the machine has reached; returns false if no process can go on, or none need.
  private mutating func open() -> Bool {
    let enabled = machine.enabled(&program)
    guard enabled != 0 else {
      machine.conclude()
      if strategy == .reduced { reverseRacesOfStuck() }
      return false
    }
    if machine.isStalled(&program, enabled) {
      stalled = (machine, nodes)
      stalled?.machine.conclude()
    }
    var node = Node(enabled: enabled)
    if let parent = nodes.last {
      node.last = parent.chosen < firstBuffer ? parent.chosen : parent.last
      node.surprises = parent.surprises + surprises(of: parent)
      node.waiting = parent.enabled >> UInt32(firstBuffer)
      node.asleep = asleep(after: parent)
    }
    let awake = enabled & ~node.asleep
    guard awake != 0 else {
      machine.ending = .redundant
      return false
    }
    node.chosen = preferred(awake, last: node.last)
    node.backtrack = strategy == .reduced ? 1 << UInt32(node.chosen) : enabled
    nodes.append(node)
    return true
  }

  private mutating func countChoices(at depth: Int) {
    let process = nodes[depth].chosen
    let interrupts = process < firstBuffer ? machine.interruptChoices(of: process) : 0
    nodes[depth].choices = machine.choices(of: process, &program)
    nodes[depth].ownChoices = nodes[depth].choices - interrupts
  }

  /// Returns the default process: buffers drain at once, and a CPU goes on as long as it can.
  private func preferred(_ candidates: UInt32, last: Int) -> Int {
    let buffers = candidates >> UInt32(firstBuffer)
    if buffers != 0 { return firstBuffer + buffers.trailingZeroBitCount }
    if last >= 0, candidates >> UInt32(last) & 1 != 0 { return last }
    return candidates.trailingZeroBitCount
  }

  private mutating func take(_ node: Node, isNew: Bool) {
    let process = node.chosen
    work += 1
    let isForced = node.choices == 0
    let before = beforeStep(process)
    let isReduced = isNew && strategy == .reduced
    if isReduced, isForced, machine.cpus[process].calls > 0 { letTurnAtOnce(process) }
    let wait = isReduced && (isForced || node.choice < node.ownChoices) ? machine.wait(of: process, &program) : nil
    let bufferedBefore = process < firstBuffer ? machine.cpus[process].buffer.count : 0
    machine.step(process, choice: node.choice, isForced: isForced, &program)
    let clock = clockOfStep(process, before, isForced: isForced)
    if process < firstBuffer, machine.cpus[process].buffer.count > bufferedBefore {
      machine.cpus[process].buffer[bufferedBefore].since = clock
    }
    steps.append(
      Step(process: process, time: clock[process], clock: clock, touched: machine.touched))
    if isReduced { reverseRaces(before, wait) }
  }

  /// Returns what comes before the next step of a process because of its own code's order, and its buffer.
  func beforeStep(_ process: Int) -> Clock {
    var before = clocks[process]
    if process >= firstBuffer, let pending = machine.cpus[process - firstBuffer].buffer.first {
      before = pointwiseMax(before, pending.since)
    } else if process < firstBuffer, machine.model == .totalStoreOrder, drains(machine.cpus[process].operation) {
      before = pointwiseMax(before, clocks[firstBuffer + process])
    }
    return before
  }

  private func drains(_ operation: Operation) -> Bool {
    operation.isUpdate || operation.ordering.isSequential && (operation.kind == .fence || operation.kind == .store)
  }

  private mutating func clockOfStep(_ process: Int, _ before: Clock, isForced: Bool) -> Clock {
    var clock = before
    let touched = machine.touched
    forEachBit(touched.reads | touched.writes) { clock = pointwiseMax(clock, lastWrites[$0]) }
    forEachBit(touched.writes) { clock = pointwiseMax(clock, lastReads[$0]) }
    if isForced { for other in clocks { clock = pointwiseMax(clock, other) } }
    clock[process] = clocks[process][process] + 1
    forEachBit(touched.writes) { lastWrites[$0] = clock }
    let read = touched.reads & ~touched.writes
    forEachBit(read) { lastReads[$0] = pointwiseMax(lastReads[$0], clock) }
    clocks[process] = clock
    return clock
  }

  /// Goes to the next branch to take; returns false if there is none.
  private mutating func backtrack() -> Bool {
    while let top = nodes.indices.last {
      if nodes[top].choice + 1 < nodes[top].choices {
        nodes[top].choice += 1
        if isWithinBound(nodes[top]) { return begin(at: top) }
        continue
      }
      nodes[top].done |= 1 << UInt32(nodes[top].chosen)
      let left = nodes[top].backtrack & ~nodes[top].done & ~nodes[top].asleep
      guard left != 0 else {
        nodes.removeLast()
        continue
      }
      nodes[top].chosen = left.trailingZeroBitCount
      nodes[top].choice = 0
      nodes[top].choices = isWithinBound(nodes[top]) ? -1 : 0
      if nodes[top].choices < 0 { return begin(at: top) }
    }
    return false
  }

  private mutating func begin(at top: Int) -> Bool {
    firstNew = top
    return true
  }

  private mutating func isWithinBound(_ node: Node) -> Bool {
    guard case .bounded(let bound) = strategy else { return true }
    return node.surprises + surprises(of: node) <= bound
  }

  /// Returns the number of surprises in the chosen branch of a node.
  private func surprises(of node: Node) -> Int {
    var count = node.choice > 0 ? 1 : 0
    let isPreemption = node.last >= 0 && node.chosen != node.last && node.chosen < firstBuffer
    if isPreemption, node.enabled >> UInt32(node.last) & 1 != 0 { count += 1 }
    if node.chosen < firstBuffer { count += (node.enabled >> UInt32(firstBuffer) & ~node.waiting).nonzeroBitCount }
    return count
  }
}

/// Calls `body` with the number of each bit that is set.
@inline(__always)
func forEachBit(_ bits: UInt64, _ body: (Int) -> Void) {
  var bits = bits
  while bits != 0 {
    body(bits.trailingZeroBitCount)
    bits &= bits - 1
  }
}
