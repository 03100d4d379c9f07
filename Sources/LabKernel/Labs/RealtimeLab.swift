/// The realtime lab: tasks on a small machine, and a scheduling class that decides who of the real-time ones runs.
///
/// All times are in ticks, so that a schedule is a text with one letter a tick: `AABBA.C`.
public enum RealtimeLab: Lab {
  /// Any scheduling class.
  public typealias Component = any SchedulingClass.Type

  /// The name of the lab.
  public static let slug = "realtime"

  /// A machine, and the tasks that it runs.
  ///
  /// The first task is drawn as A, the next as B.
  public struct Input: Sendable, Equatable {
    /// How many CPUs there are.
    public var cpus: Int
    /// How many ticks a full time slice of SCHED_RR has.
    public var slice: Int
    /// The tasks, at most ``RealtimeLab/maximumTasks``.
    public var tasks: [Plan]

    /// A machine and its tasks.
    public init(cpus: Int = 1, slice: Int = 2, _ tasks: [Plan]) {
      self.cpus = cpus
      self.slice = slice
      self.tasks = tasks
    }
  }

  /// What one task is, and does.
  public struct Plan: Sendable, Equatable {
    /// The tick at which it begins.
    public var start: Int
    /// How it is scheduled at first.
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
  /// All but `compute` take no time of the CPU.
  public enum Step: Sendable, Equatable {
    /// Uses the CPU for so many ticks.
    case compute(Int)
    /// Sleeps for so many ticks.
    case sleep(Int)
    /// Gives its turn up: sched_yield(2).
    case yield
    /// Changes how it is scheduled itself: sched_setscheduler(2).
    case setScheduler(SchedulingPolicy, priority: Int)
  }

  /// What could be seen of a run.
  public struct Output: Sendable, Equatable {
    /// Who ran on each CPU, a letter a tick; a dot where nobody did.
    public var timelines: [String]
    /// What happened to the tasks, in order, beside that they ran.
    public var events: [Event]
    /// How many ticks of the run were seen.
    public var ticks: Int
    /// Why the run did not come to its end, in a sentence; empty where it did.
    public var trouble: String

    /// The output of a run.
    public init(timelines: [String], events: [Event], ticks: Int, trouble: String) {
      self.timelines = timelines
      self.events = events
      self.ticks = ticks
      self.trouble = trouble
    }
  }

  /// Something that happened to a task and that the order of the queue may depend on.
  public struct Event: Sendable, Equatable {
    /// The tick at which it happened.
    public var time: Int
    /// The task, by its place in the input.
    public var task: Int
    /// What happened.
    public var what: Happening

    /// What happened to `task` at `time`.
    public init(time: Int, task: Int, _ what: Happening) {
      self.time = time
      self.task = task
      self.what = what
    }
  }

  /// What can happen to a task.
  public enum Happening: Sendable, Equatable {
    /// It began or woke up.
    case becameRunnable
    /// It gave its turn up.
    case yielded
    /// It is scheduled in this way from here on.
    case changed(SchedulingPolicy, priority: Int)
  }

  /// How many tasks an input may have: one a letter.
  public static let maximumTasks = letters.count
  /// How many ticks a run may last.
  public static let maximumTicks = 400
  private static let maximumEvents = 10_000
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The letter of the task at that place in the input.
  public static func letter(_ task: Int) -> Character { letters.indices.contains(task) ? letters[task] : "?" }

  /// The place in the input of the task with that letter.
  public static func index(_ letter: Character) -> Int? { letters.firstIndex(of: letter) }

  /// Runs the tasks to their end.
  public static func run(_ component: any SchedulingClass.Type, on input: Input, calls: any CallLog) -> Output {
    var components = Components.baseline
    components.realtime = component
    let frames = (maximumTasks + 1) << kernelStackOrder
    calls.willCall("init()")
    var kernel = Kernel(
      Configuration(cpus: input.cpus, tick: tick, roundRobinTicks: input.slice, frames: frames), components: components)
    kernel.watchRealtime(calls)
    for (index, plan) in input.tasks.enumerated() {
      let program = kernel.load(plan.program)
      kernel.spawn(
        Spawn(
          String(letter(index)), program, start: .zero + tick * plan.start, policy: plan.policy,
          realtimePriority: plan.priority))
    }
    let end = kernel.run(until: .zero + tick * maximumTicks, maximumEvents: maximumEvents)
    return Output(observing: kernel, end)
  }

  /// The length of a tick in the machine of this lab.
  static let tick = Duration.milliseconds(1)
}

extension RealtimeLab.Plan {
  /// What the kernel runs for this task.
  fileprivate var program: Program {
    steps.reduce(into: Program()) { program, step in
      switch step {
      case .compute(let ticks): program.append(.compute(RealtimeLab.tick * ticks))
      case .sleep(let ticks): program.sleep(RealtimeLab.tick * ticks)
      case .yield: program.yield()
      case .setScheduler(let policy, let priority): program.setScheduler(policy, priority: .literal(priority))
      }
    }
  }
}
