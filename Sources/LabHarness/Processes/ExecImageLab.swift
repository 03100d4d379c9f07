public import LabKernel

/// The exec-image lab: one call of execve(2), and what a loader makes of its strings, of files, and of a task.
public enum ExecImageLab: CallLab {
  /// Any loader.
  public typealias Component = any ExecLoader.Type
  /// The call of execve(2), and the calls on the loader that it leads to.
  public typealias Input = Calls<Request, Operation>
  /// Why the loader could not be made, if so, and the answer to each call.
  public typealias Output = Replies<Opening, Reply>

  /// What execve(2) is asked for, in a form that keeps long strings short.
  public struct Request: Codable, Sendable, Equatable {
    /// The path of the file.
    public var file: ExecText
    /// The arguments.
    public var arguments: [ExecText]
    /// The environment.
    public var environment: [ExecText]
    /// The maximum size of the stack, in bytes.
    public var stackLimit: Int

    /// A request by a task whose stack may have 8 MiB unless said otherwise.
    public init(
      _ file: ExecText, _ arguments: [ExecText], environment: [ExecText] = [],
      stackLimit: Int = ExecRequest.usualStackLimit
    ) {
      self.file = file
      self.arguments = arguments
      self.environment = environment
      self.stackLimit = stackLimit
    }

    /// The request as loaders get it.
    public var expanded: ExecRequest {
      ExecRequest(
        file: file.bytes, arguments: arguments.flatMap(\.strings), environment: environment.flatMap(\.strings),
        stackLimit: stackLimit)
    }
  }

  /// One call on the loader.
  ///
  /// Once a call has thrown, all that follow are skipped.
  public enum Operation: Codable, Sendable, Equatable {
    /// Reads a file with this content; skipped after a program.
    case read([ExecText])
    /// Lays out the stack.
    case stack(top: Int, entry: Int, ids: ExecIDs)
    /// Resets a task.
    case reset(ExecTask, entry: Int, stack: Int)
  }

  /// How the loader was made.
  public struct Opening: Codable, Sendable, Equatable {
    /// What `init` threw; nil if it returned.
    public var error: Errno?
    /// The arguments after `init`.
    public var arguments: ExecArguments

    /// A loader that was made, or not.
    public init(error: Errno? = nil, arguments: ExecArguments = ExecArguments([])) {
      self.error = error
      self.arguments = arguments
    }
  }

  /// The answer to one call.
  public enum Reply: Codable, Sendable, Equatable {
    /// `read` returned, and these are the arguments afterwards.
    case format(ExecFormat, ExecArguments)
    /// `read` threw.
    case failed(Errno)
    /// `stack` returned.
    case stack(ExecDump)
    /// `reset` returned.
    case task(ExecTask)
    /// No call was made.
    case skipped
  }

  /// One loader at work.
  public struct Session: CallSession {
    /// How the loader was made.
    public private(set) var summary = Opening()
    private var loader: (any ExecLoader)?
    private let log: any CallLog
    private var isProgram = false

    /// A loader that has the strings.
    public init(_ component: Component, _ input: Input, _ log: any CallLog) {
      self.log = log
      log.willCall("init(ExecRequest(…))")
      do throws(Errno) { loader = try component.init(input.setup.expanded) } catch { summary.error = error }
      summary.arguments = arguments()
    }

    private func arguments() -> ExecArguments {
      log.willCall("arguments")
      return ExecArguments(loader?.arguments ?? [])
    }

    /// Makes one call.
    public mutating func take(_ operation: Operation, at place: Int) -> [Reply] { [answer(to: operation)] }

    private mutating func answer(to operation: Operation) -> Reply {
      guard let loader else { return .skipped }
      switch operation {
      case .read(let content): return isProgram ? .skipped : read(Array(content.flatMap(\.bytes).prefix(execHeadSize)))
      case .stack(let top, let entry, let ids):
        log.willCall("stack(below: \(top), entry: \(entry), ids: …)")
        return .stack(ExecDump(loader.stack(below: top, entry: entry, ids: ids)))
      case .reset(let task, let entry, let stack):
        log.willCall("reset(…, entry: \(entry), stack: \(stack))")
        return .task(loader.reset(task, entry: entry, stack: stack))
      }
    }

    private mutating func read(_ head: [UInt8]) -> Reply {
      log.willCall("read(\(head.count) bytes)")
      do throws(Errno) {
        guard let format = try loader?.read(head) else { return .skipped }
        isProgram = format == .program
        return .format(format, arguments())
      } catch {
        loader = nil
        return .failed(error)
      }
    }
  }
}
