/// What happened to one check: everything that any report shows.
public struct Verdict: Sendable, Equatable, Codable {
  /// How it ended.
  public var status: Status
  /// The seed of its generated cases.
  public var seed: UInt64
  /// How many cases were run up to and including the first that failed; all of them if none failed.
  public var cases: Int
  /// What was wrong, or nil if nothing was.
  public var failure: Failure?
  /// If nothing was wrong and not everything could be explored: how much was; otherwise empty.
  public var remark = ""

  /// Creates a verdict.
  public init(status: Status, seed: UInt64, cases: Int, failure: Failure? = nil) {
    self.status = status
    self.seed = seed
    self.cases = cases
    self.failure = failure
  }

  /// The smallest case that still fails, and what is wrong with it.
  public struct Failure: Sendable, Equatable, Codable {
    /// What was wrong.
    public var finding: Finding
    /// The failing input, drawn.
    public var input: [Picture.Row]
    /// How large the input was before and after shrinking, with the unit: "38 -> 3 jobs"; empty if nothing was gained.
    public var shrunk: String
    /// The call in which the component died, or empty.
    public var call: String

    /// Creates a failure.
    public init(finding: Finding, input: [Picture.Row] = [], shrunk: String = "", call: String = "") {
      self.finding = finding
      self.input = input
      self.shrunk = shrunk
      self.call = call
    }
  }
}
