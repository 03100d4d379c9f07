public import LabKernel

/// The pipe lab: a few tasks that open, close, read and write one pipe, in a given order.
public enum PipeLab: CallLab {
  /// Any pipe.
  public typealias Component = any Pipe.Type

  /// What the tasks do, in the order in which they get to run.
  ///
  /// A task that sleeps does what comes next for it when it has been woken and its call is over.
  public typealias Input = Calls<Nothing, Step>
  /// Each answer of the pipe, in order, and how the case ended.
  public typealias Output = Replies<Ending, Event>
  /// The pipe and the tasks around it.
  public typealias Session = PipeSession

  /// One call of one task.
  public struct Step: Codable, Sendable, Equatable {
    /// The task, drawn as a letter: 0 is A.
    public var task: Int
    /// The call.
    public var operation: Operation

    /// The call that a task makes.
    public init(_ task: Int, _ operation: Operation) {
      self.task = task
      self.operation = operation
    }
  }

  /// One call on the pipe; skipped where the task has not opened that end, or where all ends are closed for good.
  public enum Operation: Codable, Sendable, Equatable {
    /// Opens an end once more.
    case open(PipeEnd)
    /// Closes an end that the task has open.
    case close(PipeEnd)
    /// Reads up to so many bytes.
    case read(Int, nonblocking: Bool = false)
    /// Writes so many bytes, of a pattern that tells which step they are from and in which order they were.
    case write(Int, nonblocking: Bool = false)
  }

  /// How a case ended.
  public struct Ending: Codable, Sendable, Equatable {
    /// The steps in which tasks sleep at the end, those that read before those that write, in order of their sleep.
    public var asleep: [Int]
    /// Whether the case was given up because the pipe was called too often: its sleepers wake each other for ever.
    public var isEndless: Bool
  }

  /// One answer of the pipe.
  public struct Event: Codable, Sendable, Equatable {
    /// The step of the input that made the call.
    public var step: Int
    /// Whether the call had slept before and was tried again.
    public var isRetry: Bool
    /// The answer; done with 0 for an end that was opened.
    public var answer: PipeAnswer
    /// What a read brought.
    public var content: Content
    /// How many bytes the pipe says it holds afterwards.
    public var count: Int
    /// How many sleeping tasks the call woke.
    public var woken: Int

    /// One answer.
    public init(
      step: Int, isRetry: Bool, answer: PipeAnswer, content: Content = Content(), count: Int, woken: Int = 0
    ) {
      self.step = step
      self.isRetry = isRetry
      self.answer = answer
      self.content = content
      self.count = count
      self.woken = woken
    }
  }

  /// How often the pipe is called in one case at most; a right pipe needs a fraction of it.
  package static let mostCalls = 2048
  /// How many bytes one write has at most.
  package static let largestWrite = 1 << 18
}

extension PipeLab.Input {
  /// A case with these steps.
  public init(_ steps: [PipeLab.Step]) { self.init(Nothing(), steps) }
}

extension PipeLab.Output {
  /// What happened in one case.
  public init(events: [PipeLab.Event], asleep: [Int], isEndless: Bool) {
    self.init(PipeLab.Ending(asleep: asleep, isEndless: isEndless), events)
  }
}
