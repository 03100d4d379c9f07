import Foundation

/// Decides from outside when a command has had its share: of processor time, of memory, of sleep.
///
/// A busy machine makes every program slow, but it makes none use more processor time, and puts none to sleep. So each
/// look that finds a command asleep charges it with the time between two looks, whatever it has done in between. The
/// wall clock ends only what neither sleeps nor uses the processor: a program that hangs in the kernel. That limit is
/// so generous that a program that waits for its turn reaches one of the other limits long before.
package struct Watch: Sendable {
  /// What a command has had too much of.
  package enum Excess: Sendable, Equatable {
    /// Processor time, though the kernel told it to stop.
    case processor
    /// Memory.
    case memory
    /// Sleep: it waits for something that never comes.
    case sleep
    /// The machine's time: it hangs.
    case wall
  }

  /// Processor time for the whole tree of processes, from now on.
  let processorTime: Duration
  /// Resident memory of the whole tree, in bytes.
  let resident: Int
  /// How long it may sleep.
  let sleep: Duration
  /// How long it may take in any case.
  let patience: Duration

  private let started = ContinuousClock.now
  private var first: ProcessTree?
  /// How long it has slept so far.
  private(set) var slept = Duration.zero
  /// How long it has computed so far.
  private(set) var computed = Duration.zero

  /// The time between two looks.
  package static let interval = Duration.milliseconds(50)
  /// The limit on the wall clock, as a multiple of the time that it may compute and sleep.
  private static let patienceFactor = 8

  /// A watch over the cases of one check.
  ///
  /// The kernel tells the process, to the second, that its time is up, and the process can say in which call that was:
  /// this limit comes later, for a process that does not listen.
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
    patience = (processorTime + sleep) * Self.patienceFactor
  }

  /// Looks at the tree; to be called once an ``interval``.
  package mutating func look(at tree: ProcessTree?) -> Excess? {
    let elapsed = started.duration(to: .now)
    guard let tree else {
      // If the machine does not tell what its processes do, there is only the clock.
      if Self.canLook { return elapsed > patience ? .wall : nil }
      return elapsed > processorTime + sleep ? .sleep : nil
    }
    let start = first ?? tree
    first = start
    computed = tree.processorTime - start.processorTime
    if computed > processorTime { return .processor }
    if tree.resident > resident { return .memory }
    if tree.isAsleep { slept += Self.interval }
    if slept > sleep { return .sleep }
    return elapsed > patience ? .wall : nil
  }

  private static let canLook = ProcessTree(root: getpid()) != nil
}
