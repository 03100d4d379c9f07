/// Which task was where, and when: the intervals behind every picture of a run.
///
/// It reads the trace and nothing else. Text, SVG and HTML are drawn from this one model.
public struct Timeline: Sendable, Equatable {
  /// What a task was doing for a while.
  public enum Activity: Sendable, Equatable {
    /// It ran on this CPU.
    case running(CPUID)
    /// It was runnable, without a CPU.
    case runnable
    /// It slept.
    case blocked
    /// It slept, and no signal would have woken it.
    case uninterruptible
    /// A signal had stopped it.
    case stopped
  }

  /// A stretch of time in which a task did one thing.
  public struct Interval: Sendable, Equatable {
    /// When it began.
    public var start: Instant
    /// When it ended.
    public var end: Instant
    /// What the task was doing.
    public var activity: Activity
  }

  /// One task's life.
  public struct Row: Sendable, Equatable {
    /// Its pid.
    public var pid: PID
    /// Its name.
    public var name: String
    /// The character that stands for it in the rows of the CPUs.
    public var letter: Character
    /// What it did, in order, without gaps.
    public var intervals: [Interval]
  }

  /// The tasks, in the order of their creation.
  public private(set) var rows: [Row] = []
  /// The mutexes that had an owner, in the order of their rows in the kernel.
  public private(set) var mutexes: [MutexRow] = []
  /// How many CPUs there are.
  public let cpus: Int
  /// When the picture begins.
  public let start: Instant
  /// When the picture ends.
  public let end: Instant

  /// The intervals of `kernel`'s trace, from the start until now.
  public init(_ kernel: Kernel) { self.init(RunRecord(of: kernel)) }

  /// The intervals of a record, from the start until its end.
  public init(_ record: RunRecord) {
    cpus = record.cpus
    start = .zero
    end = record.now
    var history = History()
    for event in record.events { history.note(event) }
    history.close(at: record.now)
    var letters = Letters()
    let names = history.lives.map { record.name(of: $0.pid) }
    letters.reserve(names)
    rows = zip(history.lives, names).map { life, name in
      Row(pid: life.pid, name: name, letter: letters.next(for: name), intervals: life.intervals)
    }
    mutexes = Self.mutexes(of: record)
  }

  /// The same picture, cut to a window of time.
  public init(_ timeline: Timeline, from start: Instant, to end: Instant) {
    cpus = timeline.cpus
    self.start = max(start, timeline.start)
    self.end = min(end, timeline.end)
    rows = timeline.rows.map { row in
      var row = row
      row.intervals = row.intervals.compactMap { $0.clipped(from: start, to: end) }
      return row
    }
    mutexes = timeline.mutexes.map { $0.clipped(from: start, to: end) }.filter { !$0.ownerships.isEmpty }
  }

  /// The intervals in which a task ran on `cpu`, each with the row of that task, in order of time.
  public func slices(of cpu: CPUID) -> [(row: Int, interval: Interval)] {
    rows.indices.flatMap { row in
      rows[row].intervals.filter { $0.activity == .running(cpu) }.map { (row, $0) }
    }.sorted { $0.1.start < $1.1.start }
  }
}

extension Timeline.Interval {
  /// How long it lasted.
  public var length: Duration { end - start }

  fileprivate func clipped(from first: Instant, to last: Instant) -> Self? {
    let clipped = Self(start: max(start, first), end: min(end, last), activity: activity)
    return clipped.start < clipped.end ? clipped : nil
  }
}

/// Follows every task through the trace.
private struct History {
  /// What one task did.
  struct Life {
    let pid: PID
    var intervals: [Timeline.Interval] = []
    /// What it is doing now, and since when.
    var open: (since: Instant, activity: Timeline.Activity)?
  }

  /// In the order of their beginnings; several may have had the same pid, one after the other.
  var lives: [Life] = []
  /// The life of the task that has a pid now.
  private var current: [PID: Int] = [:]

  mutating func note(_ event: TraceEvent) {
    if case .schedWakeupNew(let pid, _, _) = event.what {
      current[pid] = lives.count
      lives.append(Life(pid: pid))
      turn(pid, .runnable, at: event.time)
    }
    if case .schedWakeup(let pid) = event.what, !isRunning(pid) { turn(pid, .runnable, at: event.time) }
    if case .schedSwitch(let previous, let departure, let next) = event.what {
      if previous != 0 { leave(previous, departure, at: event.time) }
      if next != 0 { turn(next, .running(event.cpu), at: event.time) }
    }
  }

  /// Whether a task has a CPU: one that is woken before it has left its CPU continues there.
  private func isRunning(_ pid: PID) -> Bool {
    if let life = current[pid], case .running = lives[life].open?.activity { true } else { false }
  }

  /// Ends what is still going on.
  mutating func close(at end: Instant) {
    for life in lives.indices { turn(life, nil, at: end) }
  }

  private mutating func leave(_ pid: PID, _ departure: TraceEvent.Departure, at time: Instant) {
    switch departure {
    case .runnable: turn(pid, .runnable, at: time)
    case .sleeping: turn(pid, .blocked, at: time)
    case .uninterruptible: turn(pid, .uninterruptible, at: time)
    case .stopped: turn(pid, .stopped, at: time)
    case .ended: turn(pid, nil, at: time)
    }
  }

  private mutating func turn(_ pid: PID, _ activity: Timeline.Activity?, at time: Instant) {
    if let life = current[pid] { turn(life, activity, at: time) }
  }

  private mutating func turn(_ life: Int, _ activity: Timeline.Activity?, at time: Instant) {
    if let last = lives[life].open, last.since < time {
      lives[life].intervals.append(Timeline.Interval(start: last.since, end: time, activity: last.activity))
    }
    lives[life].open = activity.map { (time, $0) }
  }
}

/// Gives each task a character of its own, as long as there are any left.
private struct Letters {
  private static let all = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  private var taken: Set<Character> = []
  private var named: Set<Character> = []

  /// Reserves the one-letter names for the tasks that bear them.
  mutating func reserve(_ names: [String]) {
    named = Set(names.filter { $0.count == 1 }.compactMap(\.first))
  }

  mutating func next(for name: String) -> Character {
    if name.count == 1, let letter = name.first, taken.insert(letter).inserted { return letter }
    let free = Letters.all.first { !taken.contains($0) && !named.contains($0) } ?? "#"
    taken.insert(free)
    return free
  }
}
