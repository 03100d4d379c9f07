import LabKernel

/// What all schedules of a scenario come to.
public struct Census: Sendable {
  /// One thing that is done on the way to a state.
  public struct Step: Sendable, Equatable, Encodable {
    /// The task that does it: its name, and for children which of their parent's they are.
    public let task: String
    /// Its pid on this way.
    public let pid: PID
    /// What it does.
    public let what: String
    /// What comes of it; empty if there is nothing to say.
    public let result: String
  }

  /// How one task ends.
  public struct End: Sendable, Equatable, Encodable {
    /// The task.
    public let task: String
    /// "exit 0", "SIGABRT", or "asleep in read".
    public let how: String
  }

  /// An outcome: what is printed, how each task ends, and what the variables hold that were asked for.
  public struct Outcome: Sendable, Encodable {
    /// What is printed.
    public let console: String
    /// How each task ends.
    public let ends: [End]
    /// The variables that were asked for.
    public let variables: [String: Int]
    /// Whether tasks sleep forever.
    public let isDeadlock: Bool
    /// Which tasks sleep forever, and what each waits for.
    public let asleep: [String]
    /// How many states have this outcome.
    public let states: Int
    /// In how many orders it comes about; nil if that cannot be counted.
    public let orders: UInt64?
    /// The shortest way to it.
    public let steps: [Step]
  }

  /// An assertion that fails in some schedule.
  public struct Failure: Sendable, Encodable {
    /// The task.
    public let task: String
    /// Its text.
    public let text: String
    /// The shortest way to it.
    public let steps: [Step]
  }

  /// The outcomes, the nearest first; as many as were asked for.
  public let outcomes: [Outcome]
  /// How many outcomes there are.
  public let outcomeCount: Int
  /// How many of them are deadlocks.
  public let deadlockCount: Int
  /// The assertions that fail.
  public let failures: [Failure]
  /// How many states were met.
  public let states: Int
  /// How many transitions lead from one of them to another.
  public let transitions: Int
  /// How many steps lead to the state that is farthest away.
  public let depth: Int
  /// In how many orders the tasks can run; nil if that cannot be counted.
  public let orders: UInt64?
  /// Why there may be more; nil if that is all.
  public let bound: Exploration.Bound?
  /// Whether no shorter ways exist than those that are told.
  public let isShortest: Bool
}
