/// How a case whose tasks take turns ended.
public struct TurnsEnding: Codable, Sendable, Equatable {
  /// The largest number of calls in one case; a right component needs a fraction of it.
  package static let mostCalls = 2048

  /// The steps in which tasks sleep at the end, queue by queue, in the order in which they fell asleep.
  public var asleep: [Int]
  /// Whether the case was given up because there were too many calls: its sleepers wake each other forever.
  public var isEndless: Bool
}

/// Tasks that take turns at an object that may put them to sleep: a small kernel, for a session.
///
/// ```swift
/// turns.give(place, to: step.task)
/// while let turn = turns.next {
///   if let queue = perform(turn) { turns.sleep(on: queue) } else { turns.finish() }
/// }
/// ```
/// A task takes turns until it sleeps or has taken all its steps. A wake-up takes all sleepers off a queue; they take
/// the same step again, in the order in which they fell asleep, after the task that woke them stops. A task that is
/// woken for nothing, and sleeps again in the same step, gets its old place back: so an extra wake-up changes nothing.
package struct TaskTurns<Queue: Hashable> {
  /// A step that is to be taken now.
  package struct Turn: Equatable {
    /// The step, by its place in the case.
    package var step: Int
    /// Whether the task has slept in it before.
    package var isRetry: Bool

    /// A step of the case.
    package init(step: Int, isRetry: Bool) {
      self.step = step
      self.isRetry = isRetry
    }
  }

  private struct Task {
    /// The steps that it still has to take; if the task sleeps, the first is in progress.
    var steps: [Int] = []
    /// How many sleeps there had been when it first slept in the current step; nil if it has not.
    var sleptAt: Int?
  }

  private var tasks: [Int: Task] = [:]
  /// The tasks that can go on, each with a step to take: first the task whose turn it is, then those that were woken.
  private var ready: [Int] = []
  /// The sleeping tasks, by what they sleep on, in the order in which they fell asleep.
  private var sleepers: [Queue: [Int]] = [:]
  private var sleeps = 0

  /// Tasks that have nothing to do so far.
  package init() {}

  /// Gives a task one more step, which it takes after all its others.
  package mutating func give(_ step: Int, to task: Int) {
    tasks[task, default: Task()].steps.append(step)
    if tasks[task]?.steps.count == 1 { ready.append(task) }
  }

  /// What is to be done now; nil if no task can go on.
  package var next: Turn? {
    guard let name = ready.first, let task = tasks[name], let step = task.steps.first else { return nil }
    return Turn(step: step, isRetry: task.sleptAt != nil)
  }

  /// Ends the turn and its step.
  package mutating func finish() {
    let name = ready[0]
    tasks[name]?.steps.removeFirst()
    tasks[name]?.sleptAt = nil
    if tasks[name]?.steps.isEmpty == true { ready.removeFirst() }
  }

  /// Ends the turn; its task sleeps, and takes the step again when it is woken.
  package mutating func sleep(on queue: Queue) {
    let name = ready.removeFirst()
    sleeps += 1
    let since = tasks[name]?.sleptAt ?? sleeps
    tasks[name]?.sleptAt = since
    let others = sleepers[queue, default: []]
    let behind = others.firstIndex { (tasks[$0]?.sleptAt ?? 0) > since } ?? others.endIndex
    sleepers[queue, default: []].insert(name, at: behind)
  }

  /// Wakes all tasks that sleep on `queue`; returns how many there were.
  package mutating func wake(_ queue: Queue) -> Int {
    let woken = sleepers.removeValue(forKey: queue) ?? []
    ready += woken
    return woken.count
  }

  /// The steps in which tasks sleep on `queue`, in the order in which they fell asleep.
  package func asleep(on queue: Queue) -> [Int] { sleepers[queue, default: []].compactMap { tasks[$0]?.steps.first } }
}
