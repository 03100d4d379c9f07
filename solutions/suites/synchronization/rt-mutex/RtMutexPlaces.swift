import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

/// The places in which a scene is checked again: a rule holds for every mutex, at every priority, along chains of any
/// length, whatever other tasks there are, and the hundredth time as well as the first.
///
/// A scene is turned into another case, with answers of its own. Where an owner unlocks a mutex in the scene, the owner
/// of that moment does so in the case.
struct RtMutexPlaces {
  private let scene: RtMutexLab.Input
  /// Which steps of the scene unlock a mutex, and are not refused.
  private let releases: [Bool]

  /// The largest number of mutexes in a case.
  private static let mostMutexes = 100

  /// Returns the scenes themselves, and all cases that are made of them.
  static func everywhere(_ scenes: [RtMutexLab.Input]) -> [RtMutexLab.Input] {
    scenes + scenes.flatMap { RtMutexPlaces($0).all }
  }

  private init(_ scene: RtMutexLab.Input) {
    self.scene = scene
    var script = RtMutexScript(scene.priorities, mutexes: (scene.mutexes.max() ?? 0) + 1)
    releases = scene.calls.map { script.replay($0) }
  }

  private var all: [RtMutexLab.Input] {
    [7, 8, 16, 64, 90].map(numbered) + [leveled(low: true), leveled(low: false), withOrdinary(1), withOrdinary(2)]
      + [owning] + [2, 40].map(again) + [
        crowded(9), crowded(17), lengthened(1), lengthened(9), afterTimeOut, afterRefusal,
      ]
      + [afterHandOver, afterChanges]
  }

  private var tasks: Int { scene.priorities.count }
  private var mutexes: Int { (scene.mutexes.max() ?? 0) + 1 }

  /// Writes the scene with more tasks and mutexes, with steps before it, and with steps before each of its steps.
  private func written(
    priorities: [Int]? = nil, mutexes: Int? = nil, times: Int = 1, before: (inout RtMutexScript) -> Void = { _ in },
    each: (inout RtMutexScript, RtMutexLab.Step) -> Void = { $0.take($1.task, $1.operation) }
  ) -> RtMutexLab.Input {
    var script = RtMutexScript(priorities ?? scene.priorities, mutexes: mutexes ?? self.mutexes)
    before(&script)
    script.unwind()
    for _ in 0..<times {
      for (step, isRelease) in zip(scene.calls, releases) {
        if isRelease, let mutex = step.operation.mutex { script.unlock(mutex) } else { each(&script, step) }
      }
      script.unwind()
      for task in 0..<tasks where scene.changes(task) { script.take(task, .setPriority(scene.priorities[task])) }
    }
    return script.input
  }

  /// Returns the scene with other numbers for the mutexes, the largest first.
  private func numbered(from first: Int) -> RtMutexLab.Input {
    let last = min(first + mutexes, Self.mostMutexes) - 1
    let steps = scene.calls.map { RtMutexLab.Step($0.task, $0.operation.naming { last - $0 }) }
    return RtMutexLab.Input(scene.priorities, steps)
  }

  /// Returns the scene with the most urgent priorities that there are, or the least urgent.
  private func leveled(low: Bool) -> RtMutexLab.Input {
    let levels = scene.levels
    func level(_ old: Int) -> Int {
      guard let place = levels.firstIndex(of: old) else { return old }
      return low ? place + 1 : realtimePriorityLevels - levels.count + place
    }
    return RtMutexLab.Input(
      scene.priorities.map(level), scene.calls.map { RtMutexLab.Step($0.task, $0.operation.setting(level)) })
  }

  /// Returns the scene with ordinary tasks instead of those at the least urgent priorities.
  private func withOrdinary(_ count: Int) -> RtMutexLab.Input {
    let least = scene.levels.prefix(count)
    func level(_ old: Int) -> Int { least.contains(old) ? 0 : old }
    return RtMutexLab.Input(
      scene.priorities.map(level), scene.calls.map { RtMutexLab.Step($0.task, $0.operation.setting(level)) })
  }

  /// Each task owns mutexes of its own, with smaller and with larger numbers than those of the scene.
  private var owning: RtMutexLab.Input {
    let count = tasks
    var script = RtMutexScript(scene.priorities, mutexes: mutexes + 2 * count)
    for task in 0..<count { script.lock(task, task) }
    for (step, isRelease) in zip(scene.calls, releases) {
      let operation = step.operation.naming { $0 + count }
      if isRelease, let mutex = operation.mutex { script.unlock(mutex) } else { script.take(step.task, operation) }
      if case .lock(count) = operation { script.take(step.task, .lock(count + mutexes + step.task)) }
    }
    script.unwind()
    return script.input
  }

  /// Repeats the scene this many times, as far as the length of a case allows.
  private func again(_ times: Int) -> RtMutexLab.Input {
    written(times: max(1, min(times, 400 / scene.calls.count)))
  }

  /// Has many other tasks wait for the mutex that is wanted most often.
  private func crowded(_ count: Int) -> RtMutexLab.Input {
    let wanted = scene.calls.compactMap { if case .lock(let mutex) = $0.operation { mutex } else { nil } }
    let most = scene.mutexes.max { left, right in
      wanted.count { $0 == left } < wanted.count { $0 == right }
    }
    let crowd = min(count, TaskLetter.count - tasks)
    let least = scene.levels.first ?? 0
    var isHere = false
    let priorities = scene.priorities + (0..<crowd).map { $0 % 3 == 0 ? least : 0 }
    return written(
      priorities: priorities,
      each: { script, step in
        script.take(step.task, step.operation)
        guard !isHere, let mutex = most, step.operation == .lock(mutex) else { return }
        isHere = true
        for task in 0..<crowd { script.lock(tasks + task, mutex) }
      })
  }

  /// Puts other tasks between each waiting task and the mutex that it waits for.
  private func lengthened(_ length: Int) -> RtMutexLab.Input {
    var next = (task: tasks, mutex: mutexes)
    let room = min(length * 3, TaskLetter.count - tasks)
    let priorities = scene.priorities + Array(repeating: 0, count: room)
    return written(
      priorities: priorities, mutexes: mutexes + room,
      each: { script, step in
        var wanted = step.operation.mutex ?? 0
        if case .lock = step.operation, script.wouldWait(step.task, for: wanted) {
          for _ in 0..<length where next.task < tasks + room {
            script.lock(next.task, next.mutex, wanted)
            wanted = next.mutex
            next = (next.task + 1, next.mutex + 1)
          }
        }
        script.take(step.task, step.operation.naming { _ in wanted })
      })
  }

  /// All tasks have waited for each mutex before, and given up.
  private var afterTimeOut: RtMutexLab.Input {
    written(before: { script in
      for mutex in 0..<mutexes {
        script.lock(0, mutex)
        for task in 1..<max(1, tasks) { script.lock(task, mutex) }
        for task in 1..<max(1, tasks) { script.take(task, .giveUp) }
        script.unlock(mutex)
      }
    })
  }

  /// All tasks have been refused before: what they own, and what would have closed a cycle.
  private var afterRefusal: RtMutexLab.Input {
    written(
      mutexes: max(mutexes, tasks),
      before: { script in
        for task in 0..<tasks { script.lock(task, task, task) }
        for task in 0..<tasks { script.lock(task, (task + 1) % tasks) }
        script.unwind()
        for mutex in 0..<mutexes { script.take(0, .unlock(mutex)) }
      })
  }

  /// Each mutex has been handed from task to task before.
  private var afterHandOver: RtMutexLab.Input {
    written(before: { script in
      for mutex in 0..<mutexes {
        for task in (0..<tasks).reversed() { script.lock(task, mutex) }
        script.unwind()
      }
    })
  }

  /// All tasks have had another priority before, while they owned mutexes and while they waited.
  private var afterChanges: RtMutexLab.Input {
    written(before: { script in
      for task in (0..<tasks).reversed() { script.lock(task, 0) }
      for task in 0..<tasks { script.take(task, .setPriority(task % 2 == 0 ? 99 : 1)) }
      for task in 0..<tasks { script.take(task, .setPriority(scene.priorities[task])) }
      script.unwind()
    })
  }
}

extension RtMutexLab.Input {
  /// Whether the normal priority of a task changes.
  fileprivate func changes(_ task: Int) -> Bool {
    calls.contains { if case .setPriority = $0.operation { $0.task == task } else { false } }
  }
}
