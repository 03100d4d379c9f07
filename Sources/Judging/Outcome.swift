/// How the run of a single case ended, as seen from outside the process in which it ran.
public enum Outcome<Output: Sendable & Equatable>: Sendable, Equatable {
  /// The component came back; this was observed.
  case finished(Output)
  /// It did not: the reason, and the call that was announced last.
  case died(Death)
}

/// Why a case has no output.
public struct Death: Sendable, Equatable, Codable {
  /// What ended it.
  public var cause: Cause
  /// One sentence for the report: the trap's own message, the limit that was hit.
  public var message: String
  /// The call into the component that was announced last, or empty.
  public var call: String

  /// A death in `call`.
  public init(_ cause: Cause, message: String, call: String = "") {
    self.cause = cause
    self.message = message
    self.call = call
  }

  /// What can end a run before it has answered.
  public enum Cause: String, Sendable, Codable, CaseIterable {
    /// It reached a `todo`.
    case notImplemented = "not-implemented"
    /// It trapped, or ended by a signal or an exit of its own.
    case crashed
    /// It used up its processor time.
    case timedOut = "timed-out"
    /// It used up its memory.
    case memory
    /// It printed or answered more than it may.
    case outputLimit = "output-limit"
    /// It answered something that is no output of this lab.
    case malformed
    /// It asked for what differs from run to run: a random number, a clock, where things lie in memory.
    case nondeterministic
    /// It did what no submission may do.
    case forbidden
    /// The grader's own machinery failed; costs no points.
    case `internal`
  }
}

/// How a check ended.
///
/// The order is that of gravity: the worst decides the status of a whole result.
public enum Status: String, Sendable, Codable, CaseIterable, Comparable {
  /// Every case was right.
  case passed
  /// A case was wrong.
  case failed
  /// A stub's `todo` was reached.
  case notImplemented = "not-implemented"
  /// The component trapped.
  case crashed
  /// The component did not come back.
  case timedOut = "timed-out"
  /// The component used too much memory.
  case memory
  /// The component printed too much.
  case outputLimit = "output-limit"
  /// What the submission does depends on what differs from run to run.
  case nondeterministic
  /// The submission did what none may do.
  case forbidden
  /// The submission does not compile.
  case compileError = "compile-error"
  /// There is nothing to grade: an unknown lab, an empty folder, an unreadable file.
  case invalid
  /// Ours: costs no points.
  case `internal`

  /// Orders by gravity.
  public static func < (left: Status, right: Status) -> Bool { left.gravity < right.gravity }
  private var gravity: Int { Status.allCases.firstIndex(of: self) ?? 0 }

  /// The status of a check one of whose cases died.
  public init(_ cause: Death.Cause) {
    switch cause {
    case .notImplemented: self = .notImplemented
    case .crashed: self = .crashed
    case .timedOut: self = .timedOut
    case .memory: self = .memory
    case .outputLimit: self = .outputLimit
    case .malformed: self = .failed
    case .nondeterministic: self = .nondeterministic
    case .forbidden: self = .forbidden
    case .internal: self = .internal
    }
  }
}
