public import LabKernel

/// What could be seen of a run.
public struct Recording: Codable, Sendable, Equatable {
  /// Which task ran on each CPU, a letter for each tick; a dot where none did.
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

  /// Something that happened to a task and that the order of the queue may depend on.
  public struct Event: Codable, Sendable, Equatable {
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
  public enum Happening: Codable, Sendable, Equatable {
    /// It began or woke up.
    case becameRunnable
    /// It gave its turn up.
    case yielded
    /// It is scheduled in this way from here on.
    case changed(SchedulingPolicy, priority: Int)
  }
}

extension Recording {
  /// What `kernel` has done until its run came to `end`.
  ///
  /// - Parameter trespass: what the component did that it may not do, in a sentence; empty for nothing.
  init(of kernel: Kernel, _ end: RunEnd, trespass: String) {
    ticks = Self.ticks(kernel.now)
    timelines = Self.timelines(kernel, ticks: ticks)
    events = kernel.trace.events.compactMap { Recording.Event($0, in: kernel) }
    trouble = kernel.trouble(end, trespass)
  }

  private static func ticks(_ time: Instant) -> Int {
    Int(time.nanoseconds / Workload.tick.nanoseconds)
  }

  /// The letter of the running task, from each switch to the next.
  private static func timelines(_ kernel: Kernel, ticks: Int) -> [String] {
    var lines = Array(repeating: "", count: kernel.configuration.cpus)
    var lengths = Array(repeating: 0, count: lines.count)
    var running = Array(repeating: Character("."), count: lines.count)
    func draw(_ cpu: Int, until time: Int) {
      lines[cpu] += String(repeating: running[cpu], count: time - lengths[cpu])
      lengths[cpu] = time
    }
    for event in kernel.trace.events {
      guard case .schedSwitch(_, _, let next) = event.what else { continue }
      draw(event.cpu.index, until: Self.ticks(event.time))
      running[event.cpu.index] = kernel.name(of: next).first.flatMap { next > 1 ? $0 : nil } ?? "."
    }
    // Whoever runs at the end is seen until then; a CPU that is idle there needs no more dots.
    for cpu in lines.indices where running[cpu] != "." { draw(cpu, until: ticks) }
    return lines
  }
}

extension Recording.Event {
  /// The event of the trace, if it is one that the lab shows.
  fileprivate init?(_ event: TraceEvent, in kernel: Kernel) {
    let pid: PID
    switch event.what {
    case .schedWakeup(let woken): (pid, what) = (woken, .becameRunnable)
    case .schedWakeupNew(let new, _, _): (pid, what) = (new, .becameRunnable)
    case .sysEnter(let caller, .sched_yield): (pid, what) = (caller, .yielded)
    case .schedSetScheduler(let caller, let policy, let priority):
      let realtimePriority = policy.isRealtime ? realtimePriorityLevels - 1 - Int(priority) : 0
      (pid, what) = (caller, .changed(policy, priority: realtimePriority))
    case .schedSwitch, .schedProcessExit, .schedProcessFree, .sysEnter, .sysExit, .consoleWrite, .schedPiSetprio,
      .contentionBegin, .lockAcquired, .lockRelease:
      return nil
    }
    guard let task = kernel.name(of: pid).first.flatMap(TaskLetter.task) else { return nil }
    self.task = task
    time = Int(event.time.nanoseconds / Workload.tick.nanoseconds)
  }
}

extension Kernel {
  /// Why a run did not come to its end, in the words of the lab; empty where it did.
  fileprivate func trouble(_ end: RunEnd, _ trespass: String) -> String {
    switch end {
    case .nothingToDo: trespass.isEmpty ? brokenInvariants().first ?? "" : trespass
    case .timeIsUp, .tooManyEvents: "the tasks had not come to their end after \(now)"
    case .oops(.pickedNobody): "pickNext returned nobody, though a task could run"
    case .oops(.pickedWrongTask(_, let task)): "pickNext returned \(describe(task))"
    case .oops(let oops): oops.sentence
    }
  }

  private func describe(_ task: TaskID) -> String {
    guard tasks.contains(task) else { return "TaskID(\(task.raw)), and there is no such task" }
    let name = "\(name(of: tasks[task].pid))"
    switch tasks[task].state {
    case .interruptible: return "\(name), which sleeps"
    case .zombie, .dead: return "\(name), which has ended"
    case .runnable, .running: return "\(name), which belongs to cpu\(tasks[task].cpu.raw)"
    }
  }
}
