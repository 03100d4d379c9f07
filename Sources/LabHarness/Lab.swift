/// One lab: what goes in, what comes out, and how a component turns one into the other.
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

  /// Runs one case on a fresh component.
  ///
  /// - Parameters:
  ///   - component: the type that is under test.
  ///   - input: the case.
  ///   - calls: is told of each call into the component before it is made, so that a report can name the call in which
  ///     a component trapped or did not return.
  static func run(_ component: Component, on input: Input, calls: any CallLog) -> Output

  /// Returns a case as the component's process gets it: without what is expected of it.
  static func question(_ input: Input) -> Input
}

extension Lab {
  /// Returns the case as it is: most cases say what to do, and not what is expected.
  public static func question(_ input: Input) -> Input { input }
}

/// Where a lab announces the next call into the component.
///
/// The grader's runner turns the last announced call into part of the report when the process dies in it.
public protocol CallLog: Sendable {
  /// Announces the call that is about to be made, in the words of the contract: `allocate(order: 3)`.
  ///
  /// The argument is an autoclosure: where a log ignores it, the text is never built.
  func willCall(_ call: @autoclosure () -> String)
}

/// A call log that drops every call.
public struct SilentCallLog: CallLog {
  /// Creates the log.
  public init() {}
  /// Drops the call.
  public func willCall(_ call: @autoclosure () -> String) {}
}
