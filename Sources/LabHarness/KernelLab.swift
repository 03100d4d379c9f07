public import LabKernel

/// A lab whose component runs in a whole kernel: a machine, the tasks on it, and what could be seen from outside.
///
/// All times are in ticks, so that a schedule is a text with one letter per tick: `AABBA.C`.
public protocol KernelLab: Lab where Input == Workload, Output == Recording {
  /// The component's slot in the kernel.
  static var slot: WritableKeyPath<Components, Component> { get }

  /// Gets the kernel ready, before any task has begun: puts watchers around the component, for instance.
  ///
  /// - Parameter calls: is told of each call into the component before it is made.
  static func prepare(_ kernel: inout Kernel, for input: Workload, calls: any CallLog)

  /// Says what the component did that it may not do, in a sentence; empty for nothing.
  static func trespass(in kernel: Kernel) -> String
}

extension KernelLab {
  /// Does nothing: most components need nothing around them.
  public static func prepare(_ kernel: inout Kernel, for input: Workload, calls: any CallLog) {}
  /// Returns nothing: most components can do nothing that the kernel does not see.
  public static func trespass(in kernel: Kernel) -> String { "" }

  /// Runs the tasks to their end.
  public static func run(_ component: Component, on input: Workload, calls: any CallLog) -> Recording {
    var components = Components.baseline
    components[keyPath: slot] = component
    calls.willCall("init()")
    let load = input.load
    var kernel = load.kernel(with: components)
    prepare(&kernel, for: input, calls: calls)
    let end = kernel.run(until: load.end, maximumEvents: load.maximumEvents)
    return Recording(of: RunRecord(of: kernel, end), trouble: kernel.trouble(end, trespass(in: kernel)))
  }
}

/// A machine and the tasks that it runs, in ticks: a small ``MachineLoad``.
///
/// The first task is drawn as A, the next as B.
public struct Workload: Codable, Sendable, Equatable {
  /// How many CPUs there are.
  public var cpus: Int
  /// The length of a full time slice of SCHED_RR, in ticks.
  public var slice: Int
  /// The tasks, at most ``maximumTasks``.
  public var tasks: [Plan]

  /// A machine and its tasks.
  public init(cpus: Int = 1, slice: Int = 2, _ tasks: [Plan]) {
    self.cpus = cpus
    self.slice = slice
    self.tasks = tasks
  }

  /// What one task is, and does.
  public struct Plan: Codable, Sendable, Equatable {
    /// The tick at which it begins.
    public var start: Int
    /// Its policy at first.
    public var policy: SchedulingPolicy
    /// Its real-time priority at first; 0 for an ordinary task.
    public var priority: Int
    /// What it does, in order; then it exits.
    public var steps: [Step]

    /// A task's plan.
    public init(start: Int, policy: SchedulingPolicy, priority: Int, steps: [Step]) {
      self.start = start
      self.policy = policy
      self.priority = priority
      self.steps = steps
    }
  }

  /// One thing that a task does.
  ///
  /// None but `compute` takes any time on the CPU.
  public enum Step: Codable, Sendable, Equatable {
    /// Uses the CPU for this many ticks.
    case compute(Int)
    /// Sleeps for this many ticks.
    case sleep(Int)
    /// Yields: sched_yield(2).
    case yield
    /// Changes its own policy and priority: sched_setscheduler(2).
    case setScheduler(SchedulingPolicy, priority: Int)
  }

  /// The largest number of tasks in a workload: one per letter.
  public static let maximumTasks = TaskLetter.count
  /// The longest run, in ticks.
  public static let maximumTicks = 400
  private static let maximumEvents = 10_000

  /// The length of a tick.
  static let tick = Duration.milliseconds(1)

  /// The same for the kernel, with a program for each task, in their order.
  var load: MachineLoad {
    let frames = (Self.maximumTasks + 1) << kernelStackOrder
    return MachineLoad(
      configuration: Configuration(cpus: cpus, tick: Self.tick, roundRobinTicks: slice, frames: frames), choices: [],
      programs: tasks.map(\.program), jobs: tasks.enumerated().map { $0.element.job($0.offset) },
      end: .zero + Self.tick * Self.maximumTicks, maximumEvents: Self.maximumEvents)
  }
}

extension Workload.Plan {
  /// Returns the task at that place, for the kernel.
  fileprivate func job(_ place: Int) -> MachineLoad.Job {
    MachineLoad.Job(
      name: String(TaskLetter.of(place)), program: place, start: .zero + Workload.tick * start, policy: policy,
      realtimePriority: priority, sharesMemory: false)
  }

  /// What it runs.
  fileprivate var program: Program {
    steps.reduce(into: Program()) { program, step in
      switch step {
      case .compute(let ticks): program.append(.compute(Workload.tick * ticks))
      case .sleep(let ticks): program.sleep(Workload.tick * ticks)
      case .yield: program.yield()
      case .setScheduler(let policy, let priority): program.setScheduler(policy, priority: .literal(priority))
      }
    }
  }
}
