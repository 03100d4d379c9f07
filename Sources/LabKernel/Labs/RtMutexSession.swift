/// A protocol for mutexes and the tasks around it: who waits, and how urgent everybody is.
package struct RtMutexSession {
  private var mutexes: any MutexProtocol
  private var tasks = TaskTable()
  private let mutexCount: Int
  private let taskCount: Int
  private let calls: any CallLog
  /// The mutex that each task waits for, by the answers so far.
  private var awaited: [Int?]

  /// The session of an input, before its first step.
  package init(_ mutexes: any MutexProtocol, _ input: RtMutexLab.Input, calls: any CallLog = SilentCallLog()) {
    self.mutexes = mutexes
    self.calls = calls
    mutexCount = (input.steps.compactMap(\.operation.mutex).max() ?? -1) + 1
    taskCount = input.priorities.count
    awaited = input.priorities.map { _ in nil }
    // As in the kernel, rows 0 and 1 belong to idle and init.
    for (row, priority) in ([0, 0] + input.priorities).enumerated() {
      let entity = SchedulingEntity(policy: Self.policy(priority), realtimePriority: priority, fullTimeSlice: 1)
      _ = tasks.insert { id in
        Task(
          id: id, pid: PID(row), parent: .initial, scheduling: entity, cpu: 0, engine: ScriptEngine(ProgramID(raw: -1)),
          accounting: Accounting(created: .zero))
      }
    }
  }

  /// Lets one thing happen.
  package mutating func take(_ step: RtMutexLab.Step) -> RtMutexLab.Reply {
    let answer = (0..<taskCount).contains(step.task) ? perform(step) : .skipped
    _ = tasks.takeDisplaced()
    let owners = (0..<mutexCount).map { mutex -> Int in
      calls.willCall("owner(of: m\(mutex))")
      return mutexes.owner(of: MutexID(mutex)).map(place) ?? -1
    }
    let priorities = (0..<taskCount).map { task in
      max(0, realtimePriorityLevels - 1 - tasks[Self.id(task)].scheduling.priority)
    }
    return RtMutexLab.Reply(answer, owners: owners, priorities: priorities)
  }

  private mutating func perform(_ step: RtMutexLab.Step) -> RtMutexLab.Answer {
    do throws(Errno) {
      switch (step.operation, awaited[step.task]) {
      case (.lock(let mutex), nil): return try lock(mutex, by: step.task)
      case (.unlock(let mutex), nil): return try unlock(mutex, by: step.task)
      case (.giveUp, let mutex?): return giveUp(mutex, by: step.task)
      case (.setPriority(let priority), _): return setPriority(of: step.task, to: priority)
      case (.lock, _?), (.unlock, _?), (.giveUp, nil): return .skipped
      }
    } catch {
      return .refused(error)
    }
  }

  private mutating func lock(_ mutex: Int, by task: Int) throws(Errno) -> RtMutexLab.Answer {
    calls.willCall("lock(m\(mutex), by: \(RtMutexLab.letter(task)))")
    switch try mutexes.lock(MutexID(mutex), by: Self.id(task), in: &tasks) {
    case .acquired: return .acquired
    case .wait:
      awaited[task] = mutex
      return .waits
    }
  }

  private mutating func unlock(_ mutex: Int, by task: Int) throws(Errno) -> RtMutexLab.Answer {
    calls.willCall("unlock(m\(mutex), by: \(RtMutexLab.letter(task)))")
    guard let next = try mutexes.unlock(MutexID(mutex), by: Self.id(task), in: &tasks) else { return .done }
    let owner = place(next)
    if owner >= 0, awaited[owner] == mutex { awaited[owner] = nil }
    return .handed(owner)
  }

  private mutating func giveUp(_ mutex: Int, by task: Int) -> RtMutexLab.Answer {
    calls.willCall("giveUp(m\(mutex), by: \(RtMutexLab.letter(task)))")
    awaited[task] = nil
    mutexes.giveUp(MutexID(mutex), by: Self.id(task), in: &tasks)
    return .done
  }

  private mutating func setPriority(of task: Int, to priority: Int) -> RtMutexLab.Answer {
    guard (0..<realtimePriorityLevels).contains(priority) else { return .skipped }
    calls.willCall("normalPriorityChanged(of: \(RtMutexLab.letter(task)))")
    tasks[Self.id(task)].scheduling.policy = Self.policy(priority)
    tasks[Self.id(task)].scheduling.realtimePriority = priority
    mutexes.normalPriorityChanged(of: Self.id(task), in: &tasks)
    return .done
  }

  /// The task's place in the input; -1 for one that is not in it.
  private func place(_ task: TaskID) -> Int { (0..<taskCount).contains(task.index - 2) ? task.index - 2 : -1 }

  private static func id(_ task: Int) -> TaskID { TaskID(task + 2) }

  private static func policy(_ priority: Int) -> SchedulingPolicy { priority == 0 ? .normal : .fifo }
}
