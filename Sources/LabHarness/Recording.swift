public import LabKernel

/// What could be seen of a run: a view of its ``RunRecord``, in ticks.
public struct Recording: Codable, Sendable, Equatable {
  /// Which task ran on each CPU, one letter per tick; a dot where none did.
  public var timelines: [String]
  /// What happened to the tasks, in order, apart from running.
  public var events: [Event]
  /// How many ticks of the run were seen.
  public var ticks: Int
  /// Why the run did not come to its end, in a sentence; empty if it did.
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
    /// It yielded.
    case yielded
    /// Its policy and priority are these from here on.
    case changed(SchedulingPolicy, priority: Int)
  }
}

extension Recording {
  /// The view of a record in ticks.
  ///
  /// - Parameter trouble: why the run did not come to its end; empty if it did.
  init(of record: RunRecord, trouble: String) {
    let timeline = Timeline(record)
    ticks = Self.ticks(record.now)
    timelines = (0..<record.cpus).map { Self.line(of: CPUID($0), in: timeline) }
    events = record.events.compactMap { Event($0, in: record) }
    self.trouble = trouble
  }

  fileprivate static func ticks(_ time: Instant) -> Int { Int(time.nanoseconds / Workload.tick.nanoseconds) }

  /// Returns the letter of the running task for each tick, to the end of the last.
  private static func line(of cpu: CPUID, in timeline: Timeline) -> String {
    timeline.slices(of: cpu).reduce(into: "") { line, slice in
      let (start, end) = (ticks(slice.interval.start), ticks(slice.interval.end))
      line += String(repeating: ".", count: start - line.count)
      line += String(repeating: timeline.rows[slice.row].letter, count: end - start)
    }
  }
}

extension Recording.Event {
  /// Makes an event of one in the trace, if it is one that the lab shows.
  fileprivate init?(_ event: TraceEvent, in record: RunRecord) {
    let pid: PID
    switch event.what {
    case .schedWakeup(let woken): (pid, what) = (woken, .becameRunnable)
    case .schedWakeupNew(let new, _, _): (pid, what) = (new, .becameRunnable)
    case .sysEnter(let caller, .sched_yield): (pid, what) = (caller, .yielded)
    case .schedSetScheduler(let caller, let policy, let priority):
      let realtimePriority = SchedulingEntity.realtimePriority(ofPriority: Int(priority))
      (pid, what) = (caller, .changed(policy, priority: policy.isRealtime ? realtimePriority : 0))
    default: return nil
    }
    guard let task = record.name(of: pid).first.flatMap(TaskLetter.task) else { return nil }
    self.task = task
    time = Recording.ticks(event.time)
  }
}

extension Kernel {
  /// Says why a run did not come to its end, in the words of the lab; empty if it did.
  func trouble(_ end: RunEnd, _ trespass: String) -> String {
    switch end {
    case .nothingToDo: trespass.isEmpty ? brokenInvariants().first ?? "" : trespass
    case .timeIsUp, .tooManyEvents: "the tasks had not ended after \(now)"
    case .oops(.pickedNoTask): "pickNext returned no task, though one could run"
    case .oops(.pickedWrongTask(_, let task)): "pickNext returned \(describe(task))"
    case .oops(let oops): oops.sentence
    }
  }

  private func describe(_ task: TaskID) -> String {
    guard tasks.contains(task) else { return "TaskID(\(task.raw)), but there is no such task" }
    let name = "\(name(of: tasks[task].pid))"
    switch tasks[task].state {
    case .interruptible, .uninterruptible, .killable, .stopped: return "\(name), which sleeps"
    case .zombie, .dead: return "\(name), which has ended"
    case .runnable, .running: return "\(name), which belongs to cpu\(tasks[task].cpu.raw)"
    }
  }
}
