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

  /// A file that is there before any task runs.
  public struct File: Codable, Sendable, Equatable {
    /// Its path, from the root.
    public var path: String
    /// What is in it.
    public var text: String

    /// A file.
    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }

    /// Its permissions: a text that names its interpreter can be executed.
    var mode: Int { text.hasPrefix("#!") ? 0o755 : 0o644 }
  }

  /// A program that tasks can execute, without being the program of a job.
  public struct Command: Codable, Sendable, Equatable {
    /// Its name in `/bin`.
    public var name: String
    /// The program, as an index into ``MachineLoad/programs``.
    public var program: Int

    /// A command.
    public init(name: String, program: Int) {
      self.name = name
      self.program = program
    }
  }

  /// How many programs of jobs are in `/bin`: the first ones.
  public static let maximumJobsAsFiles = 1024

  /// The machine.
  public var configuration: Configuration
  /// The components in the slots that it names; the others are given when it is run.
  public var choices: [SlotChoice]
  /// The programs, each once.
  public var programs: [Program]
  /// The jobs, in the order in which they are announced.
  public var jobs: [Job]
  /// The commands in `/bin`, in addition to the programs of the jobs.
  public var commands: [Command] = []
  /// The files, in the order in which they are made.
  public var files: [File] = []
  /// What is typed on the console.
  public var input = ""
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
    fillTree(of: &kernel, loaded)
    kernel.type(input)
    for job in jobs {
      kernel.spawn(
        Spawn(
          job.name, loaded[job.program], start: job.start, policy: job.policy,
          realtimePriority: job.realtimePriority, sharedMemory: job.sharesMemory ? 0 : nil))
    }
    return kernel
  }

  /// Makes the files of the workload; what there is no room for, or has no valid name, is not there.
  ///
  /// Each program of a job is in `/bin` under the name of the first job that has it, unless a command has that name.
  private func fillTree(of kernel: inout Kernel, _ loaded: [ProgramID]) {
    var seen: Set<Int> = []
    var names = Set(commands.map(\.name))
    for job in jobs where seen.count < MachineLoad.maximumJobsAsFiles {
      guard seen.insert(job.program).inserted, names.insert(job.name).inserted else { continue }
      try? kernel.install(loaded[job.program], as: job.name)
    }
    for command in commands { try? kernel.install(loaded[command.program], as: command.name) }
    for file in files { try? kernel.addFile(file.path, Array(file.text.utf8), mode: file.mode) }
  }

  /// Runs it to its end, and returns the record of the run.
  public func run(with components: Components) -> RunRecord {
    var kernel = kernel(with: components)
    let end = kernel.run(until: end, maximumEvents: maximumEvents)
    return RunRecord(of: kernel, end)
  }
}
