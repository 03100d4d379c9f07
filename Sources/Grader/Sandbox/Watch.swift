import Foundation

/// Decides from outside when a command has had its share: of processor time, of memory, of sleep.
///
/// A busy machine makes every program slow, but it makes none use more of the processor, and none sleep: so the clock
/// on the wall decides about nobody. It only ends what neither runs nor sleeps, and that is never the command's fault.
package struct Watch: Sendable {
  /// What a command has had too much of.
  package enum Excess: Sendable, Equatable {
    /// Processor time, though the kernel told it to stop.
    case processor
    /// Memory.
    case memory
    /// Sleep: it waits for something that never comes.
    case sleep
    /// The machine's time, and nobody knows why.
    case wall
  }

  /// Processor time for the whole tree of processes, from now on.
  let processorTime: Duration
  /// Resident memory of the whole tree, in bytes.
  let resident: Int
  /// So long it may sleep.
  let sleep: Duration
  /// So long it may take in any case.
  let patience: Duration

  private let started = ContinuousClock.now
  private var before: ProcessTree?
  private var first: ProcessTree?
  /// How long it has slept so far.
  private(set) var slept = Duration.zero

  /// How often to look.
  package static let interval = Duration.milliseconds(50)
  /// An elapsed time of so many times what it may sleep is not the command's fault.
  private static let patienceFactor = 20

  /// A watch over the cases of one check.
  ///
  /// The process is told by the kernel, at the second, that its time is up, and can say in which call that was: this
  /// comes later, for one that does not listen.
  package init(_ limits: Limits) {
    self.init(
      processorTime: .seconds(limits.cpuSeconds + 2), resident: (limits.memoryMiB + 128) << 20,
      sleep: .seconds(limits.sleepSeconds))
  }

  /// A watch over a tool.
  ///
  /// Each of its processes has limits of its own; three of them may use all of theirs.
  init(_ budget: Builder.Budget) {
    self.init(
      processorTime: .seconds(3 * budget.cpuSeconds), resident: 2 * budget.memoryMiB << 20,
      sleep: .seconds(3 * budget.cpuSeconds))
  }

  private init(processorTime: Duration, resident: Int, sleep: Duration) {
    self.processorTime = processorTime
    self.resident = resident
    self.sleep = sleep
    patience = sleep * Self.patienceFactor
  }

  /// Looks at the tree; to be called once an ``interval``.
  package mutating func look(at tree: ProcessTree?) -> Excess? {
    let elapsed = started.duration(to: .now)
    guard let tree else {
      // Where the machine does not tell what its processes do, there is only the clock.
      if Self.canLook { return elapsed > patience ? .wall : nil }
      return elapsed > sleep ? .sleep : nil
    }
    defer { before = tree }
    let start = first ?? tree
    first = start
    if tree.processorTime - start.processorTime > processorTime { return .processor }
    if tree.resident > resident { return .memory }
    if tree.isAsleep && tree.processorTime == before?.processorTime { slept += Self.interval }
    if slept > sleep { return .sleep }
    return elapsed > patience ? .wall : nil
  }

  private static let canLook = ProcessTree(root: getpid()) != nil
}
