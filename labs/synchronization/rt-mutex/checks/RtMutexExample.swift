import LabHarness
import LabKernel

/// A few steps, and their results.
package struct RtMutexExample: Sendable {
  /// A task, what it does, the result, and the priorities of all tasks afterwards.
  package typealias Line = (
    task: Character, operation: RtMutexLab.Operation, answer: RtMutexLab.Answer, priorities: [Int]
  )

  /// The tasks and the calls.
  package let input: RtMutexLab.Input
  /// What follows from the rules.
  package let output: RtMutexLab.Output
  private let lines: [Line]

  /// An example of tasks with these priorities; the owners follow from the answers.
  package init(_ priorities: [Int], _ lines: [Line]) {
    let tasks = priorities.indices.map(TaskLetter.of)
    let steps = lines.map { RtMutexLab.Step(tasks.firstIndex(of: $0.task) ?? -1, $0.operation) }
    input = RtMutexLab.Input(priorities, steps)
    self.lines = lines
    var situation = RtMutexSituation(input)
    output = RtMutexLab.Output(
      zip(steps, lines).map { step, line in
        situation.follow(step, line.answer)
        return RtMutexLab.Reply(line.answer, owners: situation.owners, priorities: line.priorities)
      })
  }

  /// Returns the same example with other numbers: other priorities in the same order, and other mutexes.
  package func drawn(_ random: inout RandomSource) -> RtMutexExample {
    let priorities = random.shuffled(Array(1...realtimePriorityLevels - 1)).prefix(input.levels.count).sorted()
    return with(priorities, random.shuffled(Array(0..<2 * input.mutexes.count)))
  }

  /// Returns the example for an input that was drawn from this one; nil if the input was not.
  package func matching(_ drawn: RtMutexLab.Input) -> RtMutexExample? {
    guard drawn.levels.count == input.levels.count, drawn.mutexes.count == input.mutexes.count else { return nil }
    let same = with(drawn.levels, drawn.mutexes)
    return same.input == drawn ? same : nil
  }

  private func with(_ levels: [Int], _ mutexes: [Int]) -> RtMutexExample {
    let (ownLevels, ownMutexes) = (input.levels, input.mutexes)
    func level(_ old: Int) -> Int { ownLevels.firstIndex(of: old).map { levels[$0] } ?? old }
    func mutex(_ old: Int) -> Int { ownMutexes.firstIndex(of: old).map { mutexes[$0] } ?? old }
    return RtMutexExample(
      input.priorities.map(level),
      lines.map { line in
        let operation = line.operation.naming(mutex).setting(level)
        return (line.task, operation, line.answer, line.priorities.map(level))
      })
  }

  /// Makes a chain: each task owns a mutex and waits for that of the task before it; then all are unlocked in order.
  ///
  /// The first task is an ordinary one, and each is more urgent by three than the one before.
  package static func chain(of mutexes: Int) -> RtMutexExample {
    var priorities = (0...mutexes).map { $0 * 3 }
    let start = priorities
    var lines: [Line] = [("A", .lock(0), .acquired, priorities)]
    for task in 1...mutexes {
      let letter = TaskLetter.of(task)
      if task < mutexes { lines.append((letter, .lock(task), .acquired, priorities)) }
      for earlier in 0..<task { priorities[earlier] = start[task] }
      lines.append((letter, .lock(task - 1), .waits, priorities))
    }
    for task in 0...mutexes {
      let letter = TaskLetter.of(task)
      if task > 0 { lines.append((letter, .unlock(task - 1), .done, priorities)) }
      priorities[task] = start[task]
      if task < mutexes { lines.append((letter, .unlock(task), .handed(task + 1), priorities)) }
    }
    return RtMutexExample(start, lines)
  }
}

extension RtMutexLab.Input {
  /// The real-time priorities that occur, each once, the least urgent first.
  package var levels: [Int] {
    let set = calls.compactMap { if case .setPriority(let priority) = $0.operation { priority } else { nil } }
    return Set(priorities + set).subtracting([0]).sorted()
  }

  /// The mutexes that occur, each once, in the order in which they do.
  package var mutexes: [Int] {
    calls.compactMap(\.operation.mutex).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension RtMutexLab.Operation {
  /// Returns the same with another mutex.
  package func naming(_ other: (Int) -> Int) -> RtMutexLab.Operation {
    switch self {
    case .lock(let mutex): .lock(other(mutex))
    case .unlock(let mutex): .unlock(other(mutex))
    case .giveUp, .setPriority: self
    }
  }

  /// Returns the same with another priority.
  package func setting(_ other: (Int) -> Int) -> RtMutexLab.Operation {
    if case .setPriority(let priority) = self { .setPriority(other(priority)) } else { self }
  }
}
