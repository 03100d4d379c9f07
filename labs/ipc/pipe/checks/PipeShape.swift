import Judging
import LabHarness
import LabKernel

/// Follows the steps of one case through the log of its answers, and finds out whether these steps can have that log.
///
/// Each task does its steps in order, until it sleeps. A task that was woken goes on once the task that woke it has
/// stopped. The answers themselves are not checked here, except whether a call slept.
package struct PipeShape {
  private let input: PipeLab.Input
  private var events: ArraySlice<PipeLab.Reply>
  /// How many events have been followed.
  private var followed = 0
  /// The tasks; looked up, never iterated.
  private var tasks: [Int: Task] = [:]
  /// The sleeping tasks, in the order in which they fell asleep.
  private var sleepers: [Sleeper] = []
  private var openEnds = 0
  private var isGone = false

  /// What a task still has to do, and which ends it has open; if the task sleeps, its first step is in progress.
  private struct Task {
    var steps: [Int] = []
    var isAsleep = false
    var readEnds = 0
    var writeEnds = 0
  }

  /// A task that sleeps in a step, and the event since which it does.
  private struct Sleeper {
    var task: Int
    var step: Int
    var since: Int
  }

  /// Returns what an output has that no log of these steps has, or nil.
  package static func judge(_ input: PipeLab.Input, _ output: PipeLab.Output) -> Finding? {
    var shape = PipeShape(input, output.replies)
    return shape.follow(output)
  }

  private init(_ input: PipeLab.Input, _ events: [PipeLab.Reply]) {
    self.input = input
    self.events = events[...]
  }

  private var isStopped: Bool { followed >= TurnsEnding.mostCalls }

  private mutating func follow(_ output: PipeLab.Output) -> Finding? {
    for step in input.calls.indices {
      let task = input.calls[step].task
      tasks[task, default: Task()].steps.append(step)
      if tasks[task]?.isAsleep == false, let finding = run(task, isRetry: false) { return finding }
      while let event = events.first, event.isRetry, !isStopped {
        guard let sleeper = sleepers.first(where: { $0.step == event.step }) else { return misfit(event) }
        sleepers.removeAll { $0.step == event.step }
        if let finding = run(sleeper.task, isRetry: true, since: sleeper.since) { return finding }
      }
    }
    if let stray = events.first { return misfit(stray) }
    guard output.summary.isEndless == isStopped else {
      return Finding("the case is said to have \(isStopped ? "ended" : "gone on forever"), but has not")
    }
    return isStopped ? nil : sleepFinding(output.summary.asleep)
  }

  /// Takes the events of a task off the log, until it sleeps or has nothing to do.
  private mutating func run(_ name: Int, isRetry: Bool, since: Int? = nil) -> Finding? {
    guard var task = tasks[name] else { return nil }
    var (isRetry, since) = (isRetry, since)
    task.isAsleep = false
    while let step = task.steps.first, !task.isAsleep, !isStopped {
      if isTaken(step, by: task) {
        guard let event = events.popFirst() else { return Finding("\(input.words(step)), but there is no answer") }
        guard event.step == step, event.isRetry == isRetry else {
          return Finding("\(input.words(step)), but the answer is to another call")
        }
        followed += 1
        openOrClose(step, by: &task)
        task.isAsleep = sleeps(event)
        if task.isAsleep { sleepers.append(Sleeper(task: name, step: step, since: since ?? followed)) }
      }
      (isRetry, since) = (false, nil)
      if !task.isAsleep { task.steps.removeFirst() }
    }
    tasks[name] = task
    return nil
  }

  /// Whether the call is made at all: only on an end that the task has open.
  private func isTaken(_ step: Int, by task: Task) -> Bool {
    guard !isGone else { return false }
    switch input.calls[step].operation {
    case .open: return true
    case .close(.read), .read: return task.readEnds > 0
    case .close(.write), .write: return task.writeEnds > 0
    }
  }

  private mutating func openOrClose(_ step: Int, by task: inout Task) {
    let change: (end: PipeEnd, by: Int)
    switch input.calls[step].operation {
    case .open(let end): change = (end, 1)
    case .close(let end): change = (end, -1)
    case .read, .write: return
    }
    switch change.end {
    case .read: task.readEnds += change.by
    case .write: task.writeEnds += change.by
    }
    openEnds += change.by
    isGone = openEnds == 0
  }

  private func sleeps(_ event: PipeLab.Reply) -> Bool {
    switch (input.calls[event.step].operation, event.answer) {
    case (.read, .sleep), (.write, .sleep): true
    case (.read, _), (.write, _), (.open, _), (.close, _): false
    }
  }

  /// Checks that the final sleepers are those whose last answer was to sleep: first the readers, then the writers.
  private func sleepFinding(_ told: [Int]) -> Finding? {
    let inOrder = sleepers.sorted { $0.since < $1.since }.map(\.step)
    let expected = inOrder.filter(isRead) + inOrder.filter { !isRead($0) }
    if told == expected { return nil }
    if let step = expected.first(where: { !told.contains($0) }) {
      return Finding("\(input.words(step)) and sleeps, but is not among the sleepers at the end")
    }
    return Finding("the final sleepers are not those whose last answer was to sleep")
  }

  private func isRead(_ step: Int) -> Bool {
    switch input.calls[step].operation {
    case .read: true
    case .write, .open, .close: false
    }
  }

  private func misfit(_ event: PipeLab.Reply) -> Finding {
    guard input.calls.indices.contains(event.step) else {
      return Finding("there is an answer to a step that does not exist")
    }
    return Finding("\(input.words(event.step)), but there is one answer too many")
  }
}
