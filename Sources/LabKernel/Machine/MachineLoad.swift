/// A machine and all that runs on it: what decides a run, aside from the components in the slots.
///
/// ```swift
/// let record = workload.run(with: .baseline)
/// ```
/// It can be sent to another process. The same workload with the same components leaves the same ``RunRecord`` everywhere.
public struct MachineLoad: Codable, Sendable, Equatable {
  /// A task that is started from outside.
  public struct Job: Codable, Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// Its program, by its place in ``MachineLoad/programs``.
    public var program: Int
    /// When it begins.
    public var start: Instant
    /// How it is scheduled.
    public var policy: SchedulingPolicy
    /// Its real-time priority, 0 for ordinary tasks.
    public var realtimePriority: Int
    /// Whether it shares one memory with all other tasks that do.
    public var sharesMemory: Bool

    /// A job.
    public init(
      name: String, program: Int, start: Instant, policy: SchedulingPolicy, realtimePriority: Int, sharesMemory: Bool
    ) {
      self.name = name
      self.program = program
      self.start = start
      self.policy = policy
      self.realtimePriority = realtimePriority
      self.sharesMemory = sharesMemory
    }
  }

  /// The machine.
  public var configuration: Configuration
  /// What is in the slots that it names; in all others is what the kernel is given.
  public var choices: [SlotChoice]
  /// The programs, each once.
  public var programs: [Program]
  /// The jobs, in the order in which they are announced.
  public var jobs: [Job]
  /// No event after this instant is handled; nil for until nothing is left to do.
  public var end: Instant?
  /// How many events are handled at most.
  public var maximumEvents: Int

  /// A workload.
  public init(
    configuration: Configuration, choices: [SlotChoice], programs: [Program], jobs: [Job], end: Instant?,
    maximumEvents: Int
  ) {
    self.configuration = configuration
    self.choices = choices
    self.programs = programs
    self.jobs = jobs
    self.end = end
    self.maximumEvents = maximumEvents
  }

  /// The slots whose components it can call at all.
  public var slots: [Slot] { Slot.allCases.filter { slot in !choices.contains { $0.slot == slot.nameInScenarios } } }

  /// The kernel, switched on, with all jobs announced.
  ///
  /// - Parameter components: what is in the slots that the workload does not name.
  public func kernel(with components: Components) -> Kernel {
    var components = components
    for choice in choices { choice.plug(&components) }
    var kernel = Kernel(configuration, components: components)
    let loaded = programs.map { kernel.load($0) }
    for job in jobs {
      kernel.spawn(
        Spawn(
          job.name, loaded[job.program], start: job.start, policy: job.policy,
          realtimePriority: job.realtimePriority, sharedMemory: job.sharesMemory ? 0 : nil))
    }
    return kernel
  }

  /// Runs it to its end, and keeps what is left.
  public func run(with components: Components) -> RunRecord {
    var kernel = kernel(with: components)
    let end = kernel.run(until: end, maximumEvents: maximumEvents)
    return RunRecord(of: kernel, end)
  }
}
