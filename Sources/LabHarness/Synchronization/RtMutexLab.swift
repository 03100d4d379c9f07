public import LabKernel

/// The rt-mutex lab: tasks of some urgency, and what they do with a few mutexes, in a given order.
///
/// No scheduler takes part: an input says which task does what next, so that every order can be tried, and not only
/// those that one CPU would lead to. Mutexes have numbers of the input's own choice, drawn as m0, m1 …
public enum RtMutexLab: CallLab {
  /// Any protocol for mutexes.
  public typealias Component = any MutexProtocol.Type
  /// One thing that a task does, or that happens to it.
  public typealias Step = TaskStep<Operation>
  /// The real-time priority of each task, 1 … 99, the larger the more urgent, 0 for an ordinary task; and the steps.
  public typealias Input = Calls<[Int], Step>
  /// The result of each step.
  public typealias Output = Replies<Nothing, Reply>

  /// What can happen to a task.
  public enum Operation: Codable, Sendable, Equatable {
    /// It locks a mutex. Skipped if it waits for one already.
    case lock(Int)
    /// It unlocks a mutex, or tries to. Skipped if it waits.
    case unlock(Int)
    /// Its wait times out. Skipped if it does not wait.
    case giveUp
    /// Its normal priority is set, by itself or by another task.
    case setPriority(Int)

    /// The mutex that it names, if it names one.
    package var mutex: Int? {
      if case .lock(let mutex) = self { return mutex }
      if case .unlock(let mutex) = self { return mutex }
      return nil
    }
  }

  /// The result of one step.
  public struct Reply: Codable, Sendable, Equatable {
    /// What the call returned or threw.
    public var answer: Answer
    /// The owner of each mutex afterwards; -1 for none, and the number of tasks if it is not a task of the case.
    public var owners: [Int]
    /// The priority of each task afterwards, 0 … 99 as in the input; any other is minus its number in the kernel.
    public var priorities: [Int]
    /// A task of which the call changed more than ``EntityTable/setPriority(of:to:)`` does; -1 for none.
    public var touched: Int

    /// The result of one step.
    package init(_ answer: Answer, owners: [Int], priorities: [Int], touched: Int = -1) {
      (self.answer, self.owners, self.priorities, self.touched) = (answer, owners, priorities, touched)
    }
  }

  /// What one call returned or threw.
  public enum Answer: Codable, Sendable, Equatable {
    /// `lock` gave the mutex to the caller.
    case acquired
    /// `lock` put the caller to sleep.
    case waits
    /// `unlock` made this task the owner; -1 for a task that does not exist.
    case handed(Int)
    /// `unlock` returned nil, or the call returns nothing.
    case done
    /// The call threw.
    case refused(Errno)
    /// No call was made.
    case skipped
  }

  /// A protocol for mutexes and the tasks around it.
  public struct Session: CallSession {
    private var mutexes: any MutexProtocol
    private var tasks: CaseTasks
    private let mutexCount: Int
    private let log: any CallLog
    /// The mutex that each task waits for, according to the answers so far.
    private var awaited: [Int: Int] = [:]

    /// The session of an input, before its first step.
    public init(_ component: Component, _ input: Input, _ log: any CallLog) {
      log.willCall("init()")
      mutexes = component.init()
      tasks = CaseTasks(priorities: input.priorities)
      mutexCount = input.mutexCount
      self.log = log
    }

    /// Takes one step.
    public mutating func take(_ step: Step, at place: Int) -> [Reply] {
      if case .setPriority(let priority) = step.operation { tasks.ask(step.task, for: priority) }
      let before = tasks.entities
      let answer: Answer
      do throws(Errno) { answer = try perform(step) } catch { answer = .refused(error) }
      let touched = tasks.touched(since: before) ?? -1
      let owners = (0..<mutexCount).map { mutex in
        log.willCall("owner(of: m\(mutex))")
        return mutexes.owner(of: MutexID(mutex)).map(tasks.place) ?? -1
      }
      return [Reply(answer, owners: owners, priorities: tasks.priorities, touched: touched)]
    }

    private mutating func perform(_ step: Step) throws(Errno) -> Answer {
      guard tasks.rows.indices.contains(step.task) else { return .skipped }
      let (task, letter) = (tasks.rows[step.task], TaskLetter.of(step.task))
      switch (step.operation, awaited[step.task]) {
      case (.lock(let mutex), nil):
        log.willCall("lock(m\(mutex), by: \(letter))")
        guard try mutexes.lock(MutexID(mutex), by: task, in: &tasks.entities) == .wait else { return .acquired }
        awaited[step.task] = mutex
        return .waits
      case (.unlock(let mutex), nil):
        log.willCall("unlock(m\(mutex), by: \(letter))")
        guard let next = try mutexes.unlock(MutexID(mutex), by: task, in: &tasks.entities) else { return .done }
        guard let owner = tasks.rows.firstIndex(of: next) else { return .handed(-1) }
        if awaited[owner] == mutex { awaited[owner] = nil }
        return .handed(owner)
      case (.giveUp, let mutex?):
        log.willCall("giveUp(m\(mutex), by: \(letter))")
        awaited[step.task] = nil
        mutexes.giveUp(MutexID(mutex), by: task, in: &tasks.entities)
        return .done
      case (.setPriority(let priority), _) where CaseTasks.scale.contains(priority):
        log.willCall("normalPriorityChanged(of: \(letter))")
        mutexes.normalPriorityChanged(of: task, in: &tasks.entities)
        return .done
      case (_, _): return .skipped
      }
    }
  }
}

extension RtMutexLab.Input {
  /// The real-time priority of each task.
  public var priorities: [Int] { setup }
  /// The number of mutexes, up to the last that is named.
  package var mutexCount: Int { (calls.compactMap(\.operation.mutex).max() ?? -1) + 1 }
}
