import LabKernel

/// A state that waits to be explored: the kernel, and what its tables do not keep.
struct Node {
  /// The machine, as it is in this state.
  var kernel: Kernel
  /// The number of the state.
  var index: Int
  /// The fingerprint of the kernel, before it is finished.
  private var sum = StateDigest()
  /// How many bytes of the console, and how many ends, are in the fingerprints.
  private var printed = 0
  private var ended = 0
  /// The fingerprint of what has been printed.
  private var console = StateDigest()
  /// The fingerprint of how tasks have ended, in whatever order.
  private var ends = StateDigest()
  /// How each task has ended, by lineage.
  private(set) var endings: [Ending] = []

  /// The first state.
  init(_ kernel: Kernel, _ plan: ExplorationPlan) {
    self.kernel = kernel
    index = 0
    sum = kernel.digest(plan)
    _ = takeNote()
  }

  /// Makes something happen.
  ///
  /// - Returns: the ending of the task that it has ended, if it has ended one.
  @inline(__always)
  mutating func make(_ move: Move, _ plan: ExplorationPlan, _ lineages: inout Lineages) -> Ending? {
    kernel.make(move, plan)
    lineages.name(in: &kernel, after: move)
    kernel.settle(plan)
    sum = kernel.digest(plan)
    return takeNote()
  }

  /// Makes something happen, and tells what.
  mutating func tell(
    _ move: Move, _ plan: ExplorationPlan, _ lineages: inout Lineages
  ) -> (what: String, result: String) {
    let told = kernel.tell(move, plan)
    lineages.name(in: &kernel, after: move)
    kernel.settle(plan)
    _ = takeNote()
    return told
  }

  /// Makes a move that only touches memory, and tells how to take it back; nil for any other move.
  @inline(__always)
  mutating func access(_ move: Move, _ plan: ExplorationPlan) -> Access? {
    guard let access = kernel.access(move, plan) else { return nil }
    sum.remove(access.removed)
    sum.insert(access.added)
    return access
  }

  /// Takes back the move that was made last.
  mutating func takeBack(_ access: Access) {
    kernel.takeBack(access)
    sum.remove(access.added)
    sum.insert(access.removed)
  }

  /// The fingerprint of all that can still make a difference, and of what an outcome consists of.
  ///
  /// - Parameter variables: the addresses of the variables that are part of an outcome.
  func digest(_ variables: [Int?]) -> StateDigest {
    var digest = sum
    for case let address? in variables { digest.combine(kernel.sharedWord(at: address) ?? 0) }
    digest.combine(console.high)
    digest.combine(console.low)
    digest.insert(ends)
    return digest.finished
  }

  /// The fingerprint of a state in which nothing more can happen, as far as an observer can tell.
  ///
  /// - Parameter variables: the addresses of the variables that the observer sees.
  func outcome(_ variables: [Int?]) -> StateDigest {
    var digest = console
    for case let address? in variables { digest.combine(kernel.sharedWord(at: address) ?? 0) }
    digest.insert(ends)
    guard kernel.hasSleepers else { return digest.finished }
    for sleeper in kernel.sleepingTasks {
      var part = StateDigest()
      part.combine(kernel.tasks[sleeper].lineage, 7)
      for byte in kernel.call(of: sleeper).utf8 { part.combine(UInt64(byte)) }
      digest.insert(part.finished)
    }
    return digest.finished
  }

  private mutating func takeNote() -> Ending? {
    let bytes = kernel.console.bytes
    while printed < bytes.count {
      console.combine(UInt64(bytes[printed]))
      printed += 1
    }
    let count = kernel.obituaries.count
    guard ended < count else { return nil }
    var last: Ending?
    for obituary in kernel.obituaries[ended..<count] {
      let row = kernel.tasks.indices.first { kernel.tasks[TaskID($0)].pid == obituary.pid } ?? 0
      let ending = Ending(lineage: kernel.tasks[TaskID(row)].lineage, status: obituary.status, row: row)
      endings.append(ending)
      var part = StateDigest()
      part.combine(ending.lineage, UInt32(truncatingIfNeeded: obituary.status.waitStatus))
      ends.insert(part.finished)
      last = ending
    }
    ended = count
    return last
  }
}

/// How one task has ended.
struct Ending: Hashable, Sendable {
  /// Which task it is.
  let lineage: UInt32
  /// How it has ended.
  let status: ExitStatus
  /// The row that it had.
  let row: Int
}
