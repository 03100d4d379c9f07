public import LabKernel

/// The rt-mutex lab: tasks of some urgency, and what they do with a few mutexes, in a given order.
///
/// No scheduler takes part: an input says who does what next, so that every order is tried, and not only those that one
/// CPU would come to.
public enum RtMutexLab: CallLab {
  /// Any protocol for mutexes.
  public typealias Component = any MutexProtocol.Type

  /// The real-time priority of each task, 1 … 99, the larger the more urgent, 0 for an ordinary task; and what happens, in
  /// order.
  public typealias Input = Calls<[Int], Step>
  /// What came of each step.
  public typealias Output = Replies<Nothing, Reply>
  /// The protocol and the tasks around it.
  public typealias Session = RtMutexSession

  /// One thing that a task does, or that happens to it.
  public struct Step: Codable, Sendable, Equatable {
    /// The task, by its place in the input; drawn as a letter: 0 is A.
    public var task: Int
    /// What it does.
    public var operation: Operation

    /// What a task does.
    public init(_ task: Int, _ operation: Operation) {
      self.task = task
      self.operation = operation
    }
  }

  /// What can happen to a task.
  ///
  /// Mutexes have numbers of the input's own choice, drawn as m0, m1 …
  public enum Operation: Codable, Sendable, Equatable {
    /// It wants a mutex. Skipped where it waits for one already.
    case lock(Int)
    /// It gives a mutex back, or tries to. Skipped where it waits.
    case unlock(Int)
    /// Its time is up. Skipped where it does not wait.
    case giveUp
    /// It, or somebody else, sets its priority.
    case setPriority(Int)

    /// The mutex that it names, if it names one.
    package var mutex: Int? {
      switch self {
      case .lock(let mutex), .unlock(let mutex): mutex
      case .giveUp, .setPriority: nil
      }
    }
  }

  /// What came of one step.
  public struct Reply: Codable, Sendable, Equatable {
    /// What the call returned or threw.
    public var answer: Answer
    /// The owner of each mutex afterwards; -1 where it has none, and the number of tasks where it is none of them.
    public var owners: [Int]
    /// The priority of each task afterwards, on the scale of the input; see ``RtMutexLab/userPriority(_:)``.
    public var priorities: [Int]
    /// A task of which the call changed what is not its to change; -1 for none.
    ///
    /// A protocol changes priorities, by ``EntityTable/setPriority(of:to:)``, and nothing else of a task.
    public var touched: Int

    /// What came of one step.
    public init(_ answer: Answer, owners: [Int], priorities: [Int], touched: Int = -1) {
      self.answer = answer
      self.owners = owners
      self.priorities = priorities
      self.touched = touched
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

  /// A priority of the kernel's scale on the scale of the input: 1 … 99 for real-time tasks, 0 for an ordinary one.
  ///
  /// No task of the lab asks for any other. One that is given another all the same has it with a minus sign, so that no
  /// two priorities look alike: 99 is -99, and not the 0 that 120 is.
  package static func userPriority(_ priority: Int) -> Int {
    switch priority {
    case 0..<realtimePriorityLevels - 1: SchedulingEntity.realtimePriority(ofPriority: priority)
    case SchedulingEntity(fullTimeSlice: 1).normalPriority: 0
    default: -priority
    }
  }

  /// How many tasks an input may have.
  public static let mostTasks = letters.count
  /// How many mutexes an input may have.
  public static let mostMutexes = 100
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The letter of the task at that place in the input.
  public static func letter(_ task: Int) -> Character { letters.indices.contains(task) ? letters[task] : "?" }
}

extension RtMutexLab.Input {
  /// The real-time priority of each task.
  public var priorities: [Int] { setup }
}

extension RtMutexLab.Output {
  /// What came of the steps.
  public init(_ replies: [RtMutexLab.Reply]) { self.init(Nothing(), replies) }
}
