// The harnesses of the labs: what drives a component, and what is observed of it.
//
// A harness runs beside the submission, in its process: it turns an input into calls and the answers into an output, and
// judges nothing. So its code may be read by anybody.
//
// Read this file, then one lab of each kind:
//
// 1. calls: `BuddyLab.swift` with `BuddyLab+Coding.swift`; `PipeLab.swift` with `PipeLab+Coding.swift`,
//    `PipeLab+Content.swift` and `PipeSession.swift`; `RtMutexLab.swift` with `RtMutexLab+Coding.swift` and
//    `RtMutexSession.swift`;
// 2. a whole kernel: `RealtimeLab.swift` with `RealtimeLab+Coding.swift`, `RealtimeLab+Observation.swift` and
//    `WatchedScheduler.swift`;
// 3. interleavings: `InterleavingLab.swift`, then `TicketLockLab.swift` with `LockStage.swift` and
//    `WaitersForLock.swift`, `WaitQueueLab.swift` with `WaitStage.swift`, `SeqlockLab.swift` with `SeqlockDesk.swift`,
//    and `RCULab.swift` with `RCUDesk.swift`;
//    `Silence.swift` is how a scene waits until nothing moves, and `Signals.swift` how its CPUs tell each other how far
//    they have come. `RaceLab.swift` is the scene of `labs-cli race`.
//
// `Todo.swift` is what stands in a stub.

/// One lab: what goes in, what comes out, and how a component turns the one into the other.
///
/// A lab is a pure function. `run` builds a fresh component, drives it through one input and
/// returns all that can be observed; it judges nothing, and it knows no expected value. It is what
/// runs beside a submission in the sandbox, so all that it can reach, the submission can reach.
///
/// Everything that a check needs to know must be in the output: what the component answered, call
/// by call, and not only where it ended.
public protocol Lab {
  /// What a submission is to the lab: the metatype of a contract, such as `any PageAllocator.Type`.
  associatedtype Component
  /// One test case: the calls to make, or the scenario to run.
  associatedtype Input: Codable, Sendable, Equatable
  /// All that could be observed while the case ran.
  associatedtype Output: Codable, Sendable, Equatable

  /// The lab's name in folders, commands and results: lower-case words joined by hyphens.
  static var slug: String { get }

  /// Runs one case on a fresh component.
  ///
  /// - Parameters:
  ///   - component: the type that is under test.
  ///   - input: the case.
  ///   - calls: is told of each call into the component before it is made, so that a report can
  ///     name the call in which a component trapped or did not come back.
  static func run(_ component: Component, on input: Input, calls: any CallLog) -> Output

  /// A case as the component's process is told of it: without what is expected of it.
  static func question(_ input: Input) -> Input
}

extension Lab {
  /// Most cases say what to do, and nothing of what is to come of it.
  public static func question(_ input: Input) -> Input { input }
}

/// Where a lab says which call into the component comes next.
///
/// The grader's runner turns the last announced call into part of the report when the process dies in it.
public protocol CallLog: Sendable {
  /// The call that is about to be made, in the words of the contract: `allocate(order: 3)`.
  ///
  /// It is an autoclosure: where nobody listens, the text is never built.
  func willCall(_ call: @autoclosure () -> String)
}

/// A call log that nobody reads.
public struct SilentCallLog: CallLog {
  /// Creates the log.
  public init() {}
  /// Drops the call.
  public func willCall(_ call: @autoclosure () -> String) {}
}
