/// What became of one check: the whole of what any report shows.
public struct Verdict: Sendable, Equatable, Codable {
  /// How it ended.
  public var status: Status
  /// The seed of its generated cases.
  public var seed: UInt64
  /// How many cases were run before the first that failed, itself included; all of them where none failed.
  public var cases: Int
  /// What was wrong, or nil if nothing was.
  public var failure: Failure?
  /// Where nothing was wrong and not everything could be looked at: how much was; else empty.
  public var remark = ""

  /// A verdict.
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
    /// How large the input was before and after shrinking, with the unit: "38 -> 3 jobs"; empty where nothing was gained.
    public var shrunk: String
    /// The call in which the component died, or empty.
    public var call: String

    /// A failure.
    public init(finding: Finding, input: [Picture.Row] = [], shrunk: String = "", call: String = "") {
      self.finding = finding
      self.input = input
      self.shrunk = shrunk
      self.call = call
    }
  }
}
