/// A machine and everything that runs on it: all that determines a run, apart from the components in the slots.
///
/// ```swift
/// let record = workload.run(with: .baseline)
/// ```
/// It can be sent to another process. The same workload with the same components gives the same ``RunRecord``
/// everywhere.
public struct MachineLoad: Codable, Sendable, Equatable {
  /// A task that is started from outside.
  public struct Job: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its program, as an index into ``MachineLoad/programs``.
    public var program: Int
    /// When it begins.
    public var start: Instant
    /// How it is scheduled.
    public var policy: SchedulingPolicy
    /// Its real-time priority, 0 for ordinary tasks.
    public var realtimePriority: Int
    /// Whether it shares its memory with all other jobs that do.
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
  /// The components in the slots that it names; the others are given when it is run.
  public var choices: [SlotChoice]
  /// The programs, each once.
  public var programs: [Program]
  /// The jobs, in the order in which they are announced.
  public var jobs: [Job]
  /// The instant after which no event is handled; nil to run until nothing is left to do.
  public var end: Instant?
  /// The maximum number of events to handle.
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

  /// The slots that its choices leave open.
  public var slots: [Slot] { Slot.allCases.filter { slot in !choices.contains { $0.slot == slot.nameInScenarios } } }

  /// The kernel, switched on, with all jobs announced.
  ///
  /// - Parameter components: what goes into the slots that the workload does not name.
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

  /// Runs it to its end, and returns the record of the run.
  public func run(with components: Components) -> RunRecord {
    var kernel = kernel(with: components)
    let end = kernel.run(until: end, maximumEvents: maximumEvents)
    return RunRecord(of: kernel, end)
  }
}
