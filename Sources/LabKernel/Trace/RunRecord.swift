/// What is left of a run: all that its pictures and figures are drawn from.
///
/// ```swift
/// let end = kernel.run()
/// print(Timeline(RunRecord(of: kernel, end)).text())
/// ```
/// A record is a value without the kernel that made it. A run that took place in another process comes back as one,
/// and is drawn by the same code as a run in this one. Nothing is known of such a record but that it is one: see
/// ``isSound(for:)``.
public struct RunRecord: Codable, Sendable, Equatable {
  /// How many CPUs there were.
  public var cpus: Int
  /// What time it was at the end.
  public var now: Instant
  /// Why the run came to its end; nil where it has not.
  public var end: RunEnd?
  /// How often a CPU went from one task to another, to and from idle included.
  public var switches: Int
  /// How long each CPU had been running tasks.
  public var busyTimes: [Duration]
  /// Where the time of each task went, in the order of their birth.
  public var figures: [TaskFigures]
  /// What the tasks were called, by pid; empty where that is not known.
  public var names: [String]
  /// What the mutexes were called, by their rows.
  public var mutexNames: [String]
  /// The tasks that sleep forever, in the order of their birth; none where the run might have gone on.
  public var sleepers: [Sleeper]
  /// What was printed.
  public var console: Console
  /// What happened, first to last.
  public var events: [TraceEvent]
  /// The words of each system call that was entered, in the order of `events`.
  public var arguments: [SystemCallArguments]

  /// What is left of `kernel` by now.
  ///
  /// - Parameter end: why its run came to its end; nil where it goes on.
  /// - Complexity: O(tasks + events), and O(sleepers x tasks) where tasks sleep forever.
  public init(of kernel: Kernel, _ end: RunEnd? = nil) {
    cpus = kernel.configuration.cpus
    now = kernel.now
    self.end = end
    switches = kernel.switches
    busyTimes = kernel.busyTimes
    figures = kernel.figures
    names = kernel.pids.names.keys.max().map { last in (0...last).map { kernel.name(of: $0) } } ?? []
    mutexNames = kernel.locks.names
    sleepers = end == .nothingToDo ? kernel.sleepers : []
    console = kernel.console
    events = kernel.trace.events
    arguments = kernel.trace.arguments
  }

  /// What the task with this pid was called; empty where that is not known.
  public func name(of pid: PID) -> String { names.indices.contains(Int(pid)) ? names[Int(pid)] : "" }

  /// What programs call a mutex; empty for an unknown one.
  public func name(of mutex: MutexID) -> String {
    mutexNames.indices.contains(mutex.index) ? mutexNames[mutex.index] : ""
  }
}

extension RunRecord {
  /// The slots whose components had a say in what happened.
  ///
  /// Every kernel hands out page frames, and which ones cannot be seen: the allocator has a say where a task was refused
  /// for want of memory.
  public var calledSlots: Set<Slot> { Set(events.compactMap(\.what.slot)) }
}

extension TraceEvent.What {
  /// The calls that call a component.
  private static let slots: [SystemCallNumber: Slot] = ["pipe2": .pipe, "futex": .mutex]

  /// The slot whose component is called where this happens.
  fileprivate var slot: Slot? {
    if case .schedWakeupNew(_, _, let priority) = self, priority < realtimePriorityLevels { return .realtime }
    if case .schedPiSetprio(_, _, let priority) = self, priority < realtimePriorityLevels { return .realtime }
    if case .schedSetScheduler(_, let policy, _) = self, policy.isRealtime { return .realtime }
    if case .sysEnter(_, let call) = self { return Self.slots[call] }
    if case .sysExit(_, "clone", -Errno.ENOMEM.rawValue) = self { return .pageAllocator }
    return nil
  }
}
