import LabKernel

/// Some steps, and what comes of them.
package struct RtMutexExample: Sendable {
  /// Who does what, what comes of it, and the priorities of all tasks afterwards.
  package typealias Line = (
    task: Character, operation: RtMutexLab.Operation, answer: RtMutexLab.Answer, priorities: [Int]
  )

  /// The tasks and the steps.
  package let input: RtMutexLab.Input
  /// What follows from the rules.
  package let output: RtMutexLab.Output

  /// An example of tasks with these priorities; who owns what follows from the answers.
  package init(_ priorities: [Int], _ lines: [Line]) {
    let tasks = priorities.indices.map(RtMutexLab.letter)
    let steps = lines.map { RtMutexLab.Step(tasks.firstIndex(of: $0.task) ?? -1, $0.operation) }
    input = RtMutexLab.Input(priorities, steps)
    var situation = RtMutexSituation(input)
    output = RtMutexLab.Output(
      zip(steps, lines).map { step, line in
        situation.follow(step, line.answer)
        return RtMutexLab.Reply(line.answer, owners: situation.owners, priorities: line.priorities)
      })
  }

  /// Each task owns a mutex and waits for that of the task before it; then all is given back, from the first on.
  ///
  /// The first task is an ordinary one, and each is by three more urgent than the one before.
  package static func chain(of mutexes: Int) -> RtMutexExample {
    var priorities = (0...mutexes).map { $0 * 3 }
    let start = priorities
    var lines: [Line] = [("A", .lock(0), .acquired, priorities)]
    for task in 1...mutexes {
      let letter = RtMutexLab.letter(task)
      if task < mutexes { lines.append((letter, .lock(task), .acquired, priorities)) }
      for earlier in 0..<task { priorities[earlier] = start[task] }
      lines.append((letter, .lock(task - 1), .waits, priorities))
    }
    for task in 0...mutexes {
      let letter = RtMutexLab.letter(task)
      if task > 0 { lines.append((letter, .unlock(task - 1), .done, priorities)) }
      priorities[task] = start[task]
      if task < mutexes { lines.append((letter, .unlock(task), .handed(task + 1), priorities)) }
    }
    return RtMutexExample(start, lines)
  }
}
