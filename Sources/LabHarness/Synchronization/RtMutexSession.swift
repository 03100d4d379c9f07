public import LabKernel

/// A protocol for mutexes and the tasks around it: who waits, and how urgent everybody is.
public struct RtMutexSession: CallSession {
  private var mutexes: any MutexProtocol
  private var entities = EntityTable()
  private let mutexCount: Int
  private let taskCount: Int
  private let log: any CallLog
  /// The mutex that each task waits for, by the answers so far.
  private var awaited: [Int?]

  /// The session of an input, before its first step.
  public init(_ component: any MutexProtocol.Type, _ input: RtMutexLab.Input, _ log: any CallLog) {
    log.willCall("init()")
    mutexes = component.init()
    self.log = log
    mutexCount = (input.calls.compactMap(\.operation.mutex).max() ?? -1) + 1
    taskCount = input.priorities.count
    awaited = input.priorities.map { _ in nil }
    // As in the kernel, rows 0 and 1 belong to idle and init.
    for (row, priority) in ([0, 0] + input.priorities).enumerated() {
      let entity = SchedulingEntity(policy: Self.policy(priority), realtimePriority: priority, fullTimeSlice: 1)
      entities.insert(entity, pid: PID(row), at: TaskID(row))
    }
  }

  /// Nothing is to be seen of a protocol beside its replies.
  public var summary: Nothing { Nothing() }

  /// Lets one thing happen.
  public mutating func take(_ step: RtMutexLab.Step, at place: Int) -> [RtMutexLab.Reply] { [take(step)] }

  /// Lets one thing happen.
  package mutating func take(_ step: RtMutexLab.Step) -> RtMutexLab.Reply {
    guard (0..<taskCount).contains(step.task) else { return reply(.skipped, touched: nil) }
    if case .setPriority(let priority) = step.operation { ask(step.task, for: priority) }
    let before = entities
    let answer = perform(step)
    return reply(answer, touched: touched(since: before))
  }

  private func reply(_ answer: RtMutexLab.Answer, touched: TaskID?) -> RtMutexLab.Reply {
    let owners = (0..<mutexCount).map { mutex -> Int in
      log.willCall("owner(of: m\(mutex))")
      return mutexes.owner(of: MutexID(mutex)).map { place($0) ?? taskCount } ?? -1
    }
    let priorities = (0..<taskCount).map { RtMutexLab.userPriority(entities[Self.id($0)].priority) }
    let touchedPlace = touched.map { place($0) ?? taskCount } ?? -1
    return RtMutexLab.Reply(answer, owners: owners, priorities: priorities, touched: touchedPlace)
  }

  /// A task of which more has changed than the priority, or the priority by another way than `setPriority`.
  private mutating func touched(since before: EntityTable) -> TaskID? {
    let displaced = entities.takeDisplaced().map(\.task)
    return (0..<before.count).map { TaskID($0) }.first { row in
      var allowed = before[row]
      let isMoved = displaced.contains(row) && place(row) != nil
      if isMoved { allowed.priority = entities[row].priority }
      return entities[row] != allowed
    }
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
    log.willCall("lock(m\(mutex), by: \(RtMutexLab.letter(task)))")
    switch try mutexes.lock(MutexID(mutex), by: Self.id(task), in: &entities) {
    case .acquired: return .acquired
    case .wait:
      awaited[task] = mutex
      return .waits
    }
  }

  private mutating func unlock(_ mutex: Int, by task: Int) throws(Errno) -> RtMutexLab.Answer {
    log.willCall("unlock(m\(mutex), by: \(RtMutexLab.letter(task)))")
    guard let next = try mutexes.unlock(MutexID(mutex), by: Self.id(task), in: &entities) else { return .done }
    guard let owner = place(next) else { return .handed(-1) }
    if awaited[owner] == mutex { awaited[owner] = nil }
    return .handed(owner)
  }

  private mutating func giveUp(_ mutex: Int, by task: Int) -> RtMutexLab.Answer {
    log.willCall("giveUp(m\(mutex), by: \(RtMutexLab.letter(task)))")
    awaited[task] = nil
    mutexes.giveUp(MutexID(mutex), by: Self.id(task), in: &entities)
    return .done
  }

  private mutating func setPriority(of task: Int, to priority: Int) -> RtMutexLab.Answer {
    guard Self.isPriority(priority) else { return .skipped }
    log.willCall("normalPriorityChanged(of: \(RtMutexLab.letter(task)))")
    mutexes.normalPriorityChanged(of: Self.id(task), in: &entities)
    return .done
  }

  /// Sets what a task asks for; what it has is the protocol's.
  private mutating func ask(_ task: Int, for priority: Int) {
    guard Self.isPriority(priority) else { return }
    entities[Self.id(task)].policy = Self.policy(priority)
    entities[Self.id(task)].realtimePriority = priority
  }

  private static func isPriority(_ priority: Int) -> Bool { (0..<realtimePriorityLevels).contains(priority) }

  /// The task's place in the input; nil for one that is not in it.
  private func place(_ task: TaskID) -> Int? { (0..<taskCount).contains(task.index - 2) ? task.index - 2 : nil }

  private static func id(_ task: Int) -> TaskID { TaskID(task + 2) }

  private static func policy(_ priority: Int) -> SchedulingPolicy { priority == 0 ? .normal : .fifo }
}
