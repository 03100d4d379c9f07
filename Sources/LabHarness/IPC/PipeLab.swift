public import LabKernel

/// The pipe lab: a few tasks that open, close, read and write one pipe, in a given order.
public enum PipeLab: CallLab {
  /// Any pipe.
  public typealias Component = any Pipe.Type
  /// One call of one task.
  public typealias Step = TaskStep<Operation>
  /// What the tasks do, in the order in which they get to run; a task that sleeps takes its next step once it is woken.
  public typealias Input = Calls<Nothing, Step>
  /// Each answer of the pipe, in order, and how the case ended.
  public typealias Output = Replies<TurnsEnding, Reply>

  /// One call on the pipe; skipped if the task has not opened that end, or if all ends are closed for good.
  public enum Operation: Codable, Sendable, Equatable {
    /// Opens an end once more.
    case open(PipeEnd)
    /// Closes an end that the task has open.
    case close(PipeEnd)
    /// Reads at most this many bytes.
    case read(Int, nonblocking: Bool = false)
    /// Writes this many bytes, in a pattern that tells which step they come from and in which order they were.
    case write(Int, nonblocking: Bool = false)
  }

  /// One answer of the pipe.
  public struct Reply: Codable, Sendable, Equatable {
    /// The step of the input that made the call.
    public var step: Int
    /// Whether the call had slept before and was tried again.
    public var isRetry: Bool
    /// The answer; done with 0 for an end that was opened.
    public var answer: PipeAnswer
    /// What a read returned.
    public var content: ByteRuns
    /// How many bytes the pipe says it holds afterwards.
    public var count: Int
    /// How many sleeping tasks the call woke.
    public var woken: Int
  }

  /// One pipe and the tasks around it.
  public struct Session: CallSession {
    private var pipe: any Pipe
    private let steps: [Step]
    private let log: any CallLog
    private var turns = TaskTurns<PipeEnd>()
    private var made = 0
    /// The ends that are open, each as the step that would close it, and as often as its task has opened it.
    private var open: [Step] = []
    /// What is left of each write that has slept, by its step.
    private var rests: [Int: ArraySlice<UInt8>] = [:]

    /// A fresh pipe, and tasks that have not begun.
    public init(_ component: Component, _ input: Input, _ log: any CallLog) {
      log.willCall("init()")
      pipe = component.init()
      (steps, self.log) = (input.calls, log)
    }

    /// How the case ended; the tasks that sleep in a read come first.
    public var summary: TurnsEnding {
      TurnsEnding(asleep: turns.asleep(on: .read) + turns.asleep(on: .write), isEndless: made >= TurnsEnding.mostCalls)
    }

    /// Gives a task its next step, and lets it run, and all tasks that it wakes.
    public mutating func take(_ step: Step, at place: Int) -> [Reply] {
      var replies: [Reply] = []
      turns.give(place, to: step.task)
      while made < TurnsEnding.mostCalls, let turn = turns.next {
        let transfer = call(steps[turn.step], turn)
        if let transfer { replies.append(reply(transfer, turn)) }
        switch (steps[turn.step].operation, transfer?.answer) {
        case (.read, .sleep): turns.sleep(on: .read)
        case (.write, .sleep): turns.sleep(on: .write)
        case (_, _): turns.finish()
        }
      }
      return replies
    }

    /// Makes a call; nil if it is skipped.
    private mutating func call(_ step: Step, _ turn: TaskTurns<PipeEnd>.Turn) -> PipeTransfer? {
      switch step.operation {
      case .open(let end) where made == 0 || !open.isEmpty:
        log.willCall("open(.\(end.rawValue))")
        pipe.open(end)
        open.append(Step(step.task, .close(end)))
        return PipeTransfer(.done(0))
      case .close(let end):
        guard let index = open.firstIndex(of: step) else { return nil }
        log.willCall("close(.\(end.rawValue))")
        open.remove(at: index)
        return pipe.close(end)
      case .read(let count, let nonblocking) where open.contains(Step(step.task, .close(.read))):
        log.willCall("read(\(count)\(nonblocking ? ", nonblocking" : ""))")
        return pipe.read(count, nonblocking: nonblocking)
      case .write(let count, let nonblocking) where open.contains(Step(step.task, .close(.write))):
        let total = min(max(count, 0), ByteRuns.mostBytes)
        let rest = rests[turn.step] ?? ByteRuns.pattern(step: turn.step, count: total)[...]
        log.willCall(
          "write(\(rest.count) bytes\(turn.isRetry ? " of \(total)" : "")\(nonblocking ? ", nonblocking" : ""))")
        let transfer = pipe.write(rest, of: total, nonblocking: nonblocking)
        if case .sleep(let progress) = transfer.answer { rests[turn.step] = rest.dropFirst(max(progress, 0)) }
        return transfer
      case .open, .read, .write: return nil
      }
    }

    /// Returns what is seen of a call, and performs the wake-ups that it owes; the caller is not asleep yet, so not
    /// among them.
    private mutating func reply(_ transfer: PipeTransfer, _ turn: TaskTurns<PipeEnd>.Turn) -> Reply {
      log.willCall("count")
      made += 1
      let woken = (transfer.wakesReaders ? turns.wake(.read) : 0) + (transfer.wakesWriters ? turns.wake(.write) : 0)
      return Reply(
        step: turn.step, isRetry: turn.isRetry, answer: transfer.answer, content: ByteRuns(of: transfer.bytes),
        count: pipe.count, woken: woken)
    }
  }
}
