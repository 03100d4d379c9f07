/// The record of a run: everything that its pictures and figures are made from.
///
/// ```swift
/// let end = kernel.run()
/// print(Timeline(RunRecord(of: kernel, end)).text())
/// ```
/// A record is a value that does not need the kernel that made it. A run that took place in another process comes back
/// as one, and is drawn by the same code as a run in this one. Nothing is known about such a record except that it is
/// one: see ``isSound(for:)``.
public struct RunRecord: Codable, Sendable, Equatable {
  /// How many CPUs there were.
  public var cpus: Int
  /// The instant at the end.
  public var now: Instant
  /// Why the run ended; nil if it has not.
  public var end: RunEnd?
  /// How often a CPU switched from one task to another, including to and from idle.
  public var switches: Int
  /// How long each CPU had been running tasks.
  public var busyTimes: [Duration]
  /// Where the time of each task went, in the order of their creation.
  public var figures: [TaskFigures]
  /// The names of the tasks, by pid; empty if not known.
  public var names: [String]
  /// The names of the mutexes, by their rows.
  public var mutexNames: [String]
  /// The tasks that sleep forever, in the order of their creation; none if the run might have gone on.
  public var sleepers: [Sleeper]
  /// What was printed.
  public var console: Console
  /// What happened, first to last.
  public var events: [TraceEvent]
  /// The words of each system call that was entered, in the order of `events`.
  public var arguments: [SystemCallArguments]

  /// The record of `kernel` so far.
  ///
  /// - Parameter end: why its run ended; nil if it goes on.
  /// - Complexity: O(tasks + events), and O(sleepers x tasks) if tasks sleep forever.
  public init(of kernel: Kernel, _ end: RunEnd? = nil) {
    cpus = kernel.configuration.cpus
    now = kernel.now
    self.end = end
    switches = kernel.switches
    busyTimes = kernel.busyTimes
    figures = kernel.figures
    names = kernel.namesByPID
    mutexNames = kernel.locks.names
    sleepers = end == .nothingToDo ? kernel.sleepers : []
    console = kernel.console
    events = kernel.trace.events
    arguments = kernel.trace.arguments
  }

  /// The name of the task with this pid; empty if not known.
  public func name(of pid: PID) -> String { names.indices.contains(Int(pid)) ? names[Int(pid)] : "" }

  /// The name that programs give a mutex; empty for an unknown one.
  public func name(of mutex: MutexID) -> String {
    mutexNames.indices.contains(mutex.index) ? mutexNames[mutex.index] : ""
  }
}

extension RunRecord {
  /// The slots whose components had a say in what happened.
  ///
  /// Every kernel hands out page frames, but a record does not show which ones: the allocator has a say only if a task
  /// was refused for lack of memory.
  public var calledSlots: Set<Slot> { Set(events.compactMap(\.what.slot)) }
}

extension TraceEvent.What {
  /// The system calls that call a component.
  private static let slots: [SystemCallNumber: Slot] = ["pipe2": .pipe, "futex": .mutex]

  /// The slot whose component is called when this happens.
  fileprivate var slot: Slot? {
    if case .schedWakeupNew(_, _, let priority) = self, priority < realtimePriorityLevels { return .realtime }
    if case .schedPiSetprio(_, _, let priority) = self, priority < realtimePriorityLevels { return .realtime }
    if case .schedSetScheduler(_, let policy, _) = self, policy.isRealtime { return .realtime }
    if case .sysEnter(_, let call) = self { return Self.slots[call] }
    if case .sysExit(_, "clone", -Errno.ENOMEM.rawValue) = self { return .pageAllocator }
    return nil
  }
}
