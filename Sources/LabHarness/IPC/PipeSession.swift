public import LabKernel

/// One pipe and the tasks around it: a kernel in small, with two wait queues.
///
/// A task runs until it sleeps or has done all that it was told to. Wake-ups take all sleepers off a queue;
/// they run, in the order in which they fell asleep, once the task that woke them stops. Who was woken for
/// nothing, and sleeps again in the same call, gets its old place back: so a wake-up too many changes nothing.
public struct PipeSession: CallSession {
  /// What a task is about to do, and where it stands.
  private struct Task {
    /// Steps that it still has to do; the first is under way if the task sleeps.
    var steps: [Int] = []
    var isAsleep = false
    /// Its place among the sleepers: what the number of calls was when the call under way fell asleep.
    var place = 0
    /// How often it has each end open.
    var readEnds = 0
    var writeEnds = 0
    /// What is left of the write that is under way, and how much it was.
    var rest: ArraySlice<UInt8> = []
    var total = 0
  }

  private var pipe: any Pipe
  private let steps: [PipeLab.Step]
  private let log: any CallLog
  private var tasks: [Int: Task] = [:]
  private var sleepingReaders: [Int] = []
  private var sleepingWriters: [Int] = []
  private var woken: [Int] = []
  private var openEnds = 0
  private var isGone = false
  private var made = 0
  /// What came of the step in hand.
  private var events: [PipeLab.Event] = []

  /// A fresh pipe, and tasks that have not begun.
  public init(_ component: any Pipe.Type, _ input: PipeLab.Input, _ log: any CallLog) {
    log.willCall("init()")
    pipe = component.init()
    steps = input.calls
    self.log = log
  }

  /// How things stand.
  public var summary: PipeLab.Ending {
    let asleep = (sleepingReaders + sleepingWriters).compactMap { tasks[$0]?.steps.first }
    return PipeLab.Ending(asleep: asleep, isEndless: isEndless)
  }

  private var isEndless: Bool { made >= PipeLab.mostCalls }

  /// Gives a task its next step, and lets it and all that it wakes run.
  public mutating func take(_ step: PipeLab.Step, at place: Int) -> [PipeLab.Event] {
    events.removeAll(keepingCapacity: true)
    tasks[step.task, default: Task()].steps.append(place)
    if tasks[step.task]?.isAsleep == false { run(step.task) }
    while !woken.isEmpty, !isEndless {
      let next = woken.removeFirst()
      run(next)
    }
    return events
  }

  /// Runs a task until it sleeps or is done.
  private mutating func run(_ name: Int) {
    guard var task = tasks[name] else { return }
    var isRetry = task.isAsleep
    task.isAsleep = false
    while let step = task.steps.first, !task.isAsleep, !isEndless {
      perform(step, isRetry, by: &task)
      isRetry = false
      if !task.isAsleep { task.steps.removeFirst() }
    }
    tasks[name] = task
  }

  private mutating func perform(_ step: Int, _ isRetry: Bool, by task: inout Task) {
    guard !isGone else { return }
    switch steps[step].operation {
    case .open(let end): open(end, step, by: &task)
    case .close(let end): close(end, step, by: &task)
    case .read(let count, let nonblocking):
      if task.readEnds > 0 { read(count, nonblocking, step, isRetry, by: &task) }
    case .write(let count, let nonblocking):
      if task.writeEnds > 0 { write(count, nonblocking, step, isRetry, by: &task) }
    }
  }

  private mutating func open(_ end: PipeEnd, _ step: Int, by task: inout Task) {
    log.willCall("open(.\(end.rawValue))")
    pipe.open(end)
    openEnds += 1
    switch end {
    case .read: task.readEnds += 1
    case .write: task.writeEnds += 1
    }
    record(PipeTransfer(.done(0)), step, false)
  }

  private mutating func close(_ end: PipeEnd, _ step: Int, by task: inout Task) {
    switch end {
    case .read where task.readEnds > 0: task.readEnds -= 1
    case .write where task.writeEnds > 0: task.writeEnds -= 1
    case .read, .write: return
    }
    log.willCall("close(.\(end.rawValue))")
    let transfer = pipe.close(end)
    openEnds -= 1
    isGone = openEnds == 0
    record(transfer, step, false)
  }

  private mutating func read(_ count: Int, _ nonblocking: Bool, _ step: Int, _ isRetry: Bool, by task: inout Task) {
    log.willCall("read(\(count)\(nonblocking ? ", nonblocking" : ""))")
    let transfer = pipe.read(count, nonblocking: nonblocking)
    record(transfer, step, isRetry, content: PipeLab.Content(of: transfer.bytes))
    guard case .sleep = transfer.answer else { return }
    sleep(step, isRetry, by: &task, in: \.sleepingReaders)
  }

  private mutating func write(_ count: Int, _ nonblocking: Bool, _ step: Int, _ isRetry: Bool, by task: inout Task) {
    if !isRetry {
      task.total = min(max(count, 0), PipeLab.largestWrite)
      task.rest = PipeLab.pattern(step: step, count: task.total)[...]
    }
    log.willCall(
      "write(\(task.rest.count) bytes\(isRetry ? " of \(task.total)" : "")\(nonblocking ? ", nonblocking" : ""))")
    let transfer = pipe.write(task.rest, of: task.total, nonblocking: nonblocking)
    record(transfer, step, isRetry)
    guard case .sleep(let progress) = transfer.answer else { return }
    task.rest = task.rest.dropFirst(min(max(progress, 0), task.rest.count))
    sleep(step, isRetry, by: &task, in: \.sleepingWriters)
  }

  private mutating func sleep(
    _ step: Int, _ isRetry: Bool, by task: inout Task, in queue: WritableKeyPath<PipeSession, [Int]>
  ) {
    task.isAsleep = true
    if !isRetry { task.place = made }
    let behind = self[keyPath: queue].firstIndex { (tasks[$0]?.place ?? 0) > task.place }
    self[keyPath: queue].insert(steps[step].task, at: behind ?? self[keyPath: queue].count)
  }

  /// Writes an answer down and wakes whom it says; the caller is not asleep yet, and so not among them.
  private mutating func record(
    _ transfer: PipeTransfer, _ step: Int, _ isRetry: Bool, content: PipeLab.Content = PipeLab.Content()
  ) {
    log.willCall("count")
    let count = pipe.count
    made += 1
    let before = woken.count
    if transfer.wakesReaders {
      woken += sleepingReaders
      sleepingReaders = []
    }
    if transfer.wakesWriters {
      woken += sleepingWriters
      sleepingWriters = []
    }
    events.append(
      PipeLab.Event(
        step: step, isRetry: isRetry, answer: transfer.answer, content: content, count: count,
        woken: woken.count - before))
  }
}
