/// How the run of a single case ended, as seen from outside the process in which it ran.
public enum Outcome<Output: Sendable & Equatable>: Sendable, Equatable {
  /// The component returned; this was observed.
  case finished(Output)
  /// The component did not return: the reason, and the call announced last.
  case died(Death)
}

/// Why a case has no output.
public struct Death: Sendable, Equatable, Codable {
  /// The cause of the end.
  public var cause: Cause
  /// One sentence for the report: the trap's own message, or the limit that was exceeded.
  public var message: String
  /// The call into the component that was announced last, or empty.
  public var call: String

  /// Creates a death in `call`.
  public init(_ cause: Cause, message: String, call: String = "") {
    self.cause = cause
    self.message = message
    self.call = call
  }

  /// What can end a run before it has answered.
  public enum Cause: String, Sendable, Codable, CaseIterable {
    /// It reached a `todo`.
    case notImplemented = "not-implemented"
    /// It trapped, was killed by a signal, or exited on its own.
    case crashed
    /// It used up its processor time.
    case timedOut = "timed-out"
    /// It used up its memory.
    case memory
    /// It printed or answered more than is allowed.
    case outputLimit = "output-limit"
    /// It answered something that is not an output of this lab.
    case malformed
    /// It used something that differs from run to run: a random number, a clock, an address in memory.
    case nondeterministic
    /// It did something that no submission may do.
    case forbidden
    /// The grader's own machinery failed; costs no points.
    case `internal`
  }
}

/// How a check ended.
///
/// Statuses are ordered by gravity: the worst decides the status of a whole result.
public enum Status: String, Sendable, Codable, CaseIterable, Comparable {
  /// Every case was right.
  case passed
  /// A case was wrong.
  case failed
  /// A stub's `todo` was reached.
  case notImplemented = "not-implemented"
  /// The component trapped.
  case crashed
  /// The component did not return.
  case timedOut = "timed-out"
  /// The component used too much memory.
  case memory
  /// The component printed too much.
  case outputLimit = "output-limit"
  /// The submission depends on something that differs from run to run.
  case nondeterministic
  /// The submission did something that none may do.
  case forbidden
  /// The submission does not compile.
  case compileError = "compile-error"
  /// There is nothing to grade: an unknown lab, an empty folder, an unreadable file.
  case invalid
  /// A failure of the grader: costs no points.
  case `internal`

  /// Orders by gravity.
  public static func < (left: Status, right: Status) -> Bool { left.gravity < right.gravity }
  private var gravity: Int { Status.allCases.firstIndex(of: self) ?? 0 }

  /// Creates the status of a check with a case that died.
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
