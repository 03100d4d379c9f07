// Scenario files: a machine and its tasks as YAML, for `labs-cli sim` and the figures of the book.
//
// A scenario is read whole or not at all: a mistake is reported with its line, its column and what was expected there.
// Read this file, then `ScenarioReader.swift`; `ScenarioError.swift` is how a mistake is reported.

import LabKernel

/// A machine, its scheduling classes, and tasks with their programs: what a scenario file describes.
public struct Scenario: Sendable, Equatable {
  /// What it shows, for the heading.
  public var title: String
  /// The machine.
  public var configuration: Configuration
  /// The components in the slots that the scenario names; all other slots have those that the kernel is given.
  public var slots: [SlotChoice]
  /// The tasks, in the order in which they are created.
  public var tasks: [Task]
  /// The programs in `/bin`, in addition to those of the tasks: their names, and what they do.
  public var commands: [Command] = []
  /// The files that are there at the beginning.
  public var files: [MachineLoad.File] = []
  /// What is typed on the console.
  public var input = ""
  /// The instant after which no event is handled; nil to run until nothing is left to do.
  public var end: Instant?

  /// A program that tasks can execute.
  public struct Command: Sendable, Equatable {
    /// Its name in `/bin`.
    public var name: String
    /// What it does.
    public var program: Program
  }

  /// A task of a scenario.
  public struct Task: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// What it does.
    public var program: Program
    /// When it begins.
    public var start: Instant
    /// How it is scheduled.
    public var policy: SchedulingPolicy
    /// Its real-time priority, 0 for ordinary tasks.
    public var realtimePriority: Int
    /// Whether it shares one memory with all other tasks that do.
    public var sharesMemory: Bool
  }

  /// The folder of the book that has the programs which scenarios may name, one file for each: `NAME.s`.
  public static let commandFolder = "scenarios/bin"

  /// How many events a run handles at most, unless it is told otherwise.
  public static let defaultMaximumEvents = 1_000_000

  /// The kernel, switched on, with all tasks announced.
  ///
  /// - Parameter components: the components in the slots that the scenario does not name.
  public func kernel(components: Components = .baseline) -> Kernel { workload().kernel(with: components) }

  /// The scenario in a form that can be run here and in another process.
  ///
  /// - Parameter maximumEvents: how many events a run handles at most.
  public func workload(maximumEvents: Int = defaultMaximumEvents) -> MachineLoad {
    var programs: [Program] = []
    var places: [Program: Int] = [:]
    func place(of program: Program) -> Int {
      if let place = places[program] { return place }
      programs.append(program)
      places[program] = programs.count - 1
      return programs.count - 1
    }
    let jobs = tasks.map { task in
      MachineLoad.Job(
        name: task.name, program: place(of: task.program), start: task.start, policy: task.policy,
        realtimePriority: task.realtimePriority, sharesMemory: task.sharesMemory)
    }
    let commands = commands.map { MachineLoad.Command(name: $0.name, program: place(of: $0.program)) }
    var load = MachineLoad(
      configuration: configuration, choices: slots, programs: programs, jobs: jobs, end: end,
      maximumEvents: maximumEvents)
    load.commands = commands
    load.files = files
    load.input = input
    return load
  }
}
