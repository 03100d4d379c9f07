import LabHarness
import LabKernel
import Reference
import SynchronizationChecks

/// Collects the steps of one case, and knows from the reference what each task owns and waits for at each point.
struct RtMutexScript {
  private let priorities: [Int]
  private let mutexes: Int
  private var session: RtMutexLab.Session
  private var situation: RtMutexSituation
  private var steps: [RtMutexLab.Step] = []

  /// A script without steps so far, with this many mutexes.
  init(_ priorities: [Int], mutexes: Int) {
    self.priorities = priorities
    self.mutexes = mutexes
    let widest = RtMutexLab.Input(priorities, [RtMutexLab.Step(0, .lock(mutexes - 1))])
    session = RtMutexLab.Session(Reference.rtMutex, widest, SilentCallLog())
    situation = RtMutexSituation(widest)
  }

  /// The case so far.
  var input: RtMutexLab.Input { RtMutexLab.Input(priorities, steps) }

  /// Has a task lock mutexes, one after the other.
  mutating func lock(_ task: Int, _ wanted: Int...) {
    for mutex in wanted { take(task, .lock(mutex)) }
  }

  /// Has the owner of a mutex unlock it, if there is an owner that can.
  mutating func unlock(_ mutex: Int) {
    let owner = situation.owners[mutex]
    if owner >= 0, situation.awaited[owner] == nil { take(owner, .unlock(mutex)) }
  }

  /// Takes one step, whether it makes sense or not.
  mutating func take(_ task: Int, _ operation: RtMutexLab.Operation) {
    _ = replay(RtMutexLab.Step(task, operation))
  }

  /// Takes one step, and returns whether it unlocked a mutex.
  mutating func replay(_ step: RtMutexLab.Step) -> Bool {
    steps.append(step)
    let answer = session.take(step, at: steps.count - 1)[0].answer
    situation.follow(step, answer)
    guard case .unlock = step.operation else { return false }
    if case .refused = answer { return false }
    return answer != .skipped
  }

  /// Whether the task would have to wait for the mutex, and would get it in the end.
  func wouldWait(_ task: Int, for mutex: Int) -> Bool {
    situation.awaited[task] == nil && situation.owners[mutex] >= 0 && !leads(from: mutex, to: task)
  }

  /// Has the owners unlock all mutexes, until all are free.
  mutating func unwind() {
    while let mutex = free.first { unlock(mutex) }
  }

  /// The mutexes that their owners could unlock now.
  private var free: [Int] {
    situation.owners.indices.filter { situation.owners[$0] >= 0 && situation.awaited[situation.owners[$0]] == nil }
  }

  /// How often each kind of step is drawn.
  struct Mix {
    var locks = 5
    var unlocks = 3
    var timeOuts = 0
    var changes = 0
    /// Locks that are refused.
    var rings = 0
  }

  /// Draws this many steps that make sense at their place, and then unlocks everything.
  mutating func draw(_ count: Int, _ mix: Mix, palette: [Int], _ random: inout RandomSource) {
    let kinds =
      Array(repeating: lockSteps, count: mix.locks) + Array(repeating: unlockSteps, count: mix.unlocks)
      + Array(repeating: giveUpSteps, count: mix.timeOuts) + Array(repeating: ringSteps, count: mix.rings)
      + Array(
        repeating: { script in
          script.priorities.indices.flatMap { task in palette.map { RtMutexLab.Step(task, .setPriority($0)) } }
        }, count: mix.changes)
    for _ in 0..<count {
      let sensible = random.pick(kinds)(self)
      guard !sensible.isEmpty else { continue }
      let step = random.pick(sensible)
      take(step.task, step.operation)
    }
    unwind()
  }
}

// The steps of each kind that make sense now.
extension RtMutexScript {
  private typealias Kind = @Sendable (RtMutexScript) -> [RtMutexLab.Step]

  private var lockSteps: Kind { { $0.locks(closingRing: false) } }

  private var ringSteps: Kind { { $0.locks(closingRing: true) } }

  private var unlockSteps: Kind {
    { script in script.free.map { RtMutexLab.Step(script.situation.owners[$0], .unlock($0)) } }
  }

  private var giveUpSteps: Kind {
    { script in
      script.priorities.indices.filter { script.situation.awaited[$0] != nil }.map { RtMutexLab.Step($0, .giveUp) }
    }
  }

  private func locks(closingRing: Bool) -> [RtMutexLab.Step] {
    priorities.indices.filter { situation.awaited[$0] == nil }.flatMap { task in
      (0..<mutexes).filter { leads(from: $0, to: task) == closingRing }.map { RtMutexLab.Step(task, .lock($0)) }
    }
  }

  /// Whether a task that waits for `mutex` waits for `task`.
  private func leads(from mutex: Int, to task: Int) -> Bool {
    var owner = situation.owners[mutex]
    for _ in 0...mutexes {
      if owner == task { return true }
      guard let next = situation.next(after: owner) else { return false }
      owner = next.owner
    }
    return true
  }
}
