public import LabHarness
public import LabKernel

/// Whether a student may see the inputs of a check.
public enum Visibility: String, Sendable, Codable {
  /// In `labs/<slug>/checks`, for all students to read and run.
  case visible
  /// In `solutions/suites`, for the grader only: its inputs are withheld from the student's report.
  case hidden
}

/// One requirement on a component: inputs to run it on, and a judge of each output.
public struct Check<L: Lab>: Sendable {
  /// The identifier, which never changes: points, hints, overrides and replays refer to it.
  ///
  /// It is made of lower-case words joined by hyphens.
  public let id: String
  /// What holds when the check passes, as a sentence: "boost lifts starving jobs".
  public let title: String
  /// The cases: first those chosen by hand, then the generated ones; the same seed gives the same cases.
  public let cases: @Sendable (_ seed: UInt64) -> [L.Input]
  /// Judges an output.
  let judgement: @Sendable (L.Input, L.Output) -> Judgement

  /// Creates a check.
  ///
  /// `cases` must depend only on its seed.
  ///
  /// - Parameter judge: returns the first thing that is wrong with an output, or nil.
  public init(
    id: String, title: String,
    cases: @escaping @Sendable (_ seed: UInt64) -> [L.Input],
    judge: @escaping @Sendable (L.Input, L.Output) -> Finding?
  ) {
    self.init(id: id, title: title, cases: cases) { input, output in
      judge(input, output).map(Judgement.wrong) ?? .right
    }
  }

  /// Creates a check whose cases are drawn one after the other from one source.
  public init(
    id: String, title: String, drawing cases: @escaping @Sendable (inout RandomSource) -> [L.Input],
    judge: @escaping @Sendable (L.Input, L.Output) -> Finding?
  ) {
    self.init(
      id: id, title: title,
      cases: { seed in
        var source = RandomSource(seed: seed)
        return cases(&source)
      }, judge: judge)
  }

  /// Creates a check that may be unable to explore everything that it covers.
  init(
    id: String, title: String,
    cases: @escaping @Sendable (_ seed: UInt64) -> [L.Input],
    judgement: @escaping @Sendable (L.Input, L.Output) -> Judgement
  ) {
    self.id = id
    self.title = title
    self.cases = cases
    self.judgement = judgement
  }

  /// Returns the first thing that is wrong with an output, or nil.
  public func judge(_ input: L.Input, _ output: L.Output) -> Finding? {
    guard case .wrong(let finding) = judgement(input, output) else { return nil }
    return finding
  }
}

/// The judgement on one output.
enum Judgement: Sendable {
  /// It is right.
  case right
  /// Nothing is wrong with what was explored, but there is more: how much was explored.
  case rightAsFarAsSeen(String)
  /// It is wrong.
  case wrong(Finding)
}

/// All checks of one visibility for one lab, with what is needed to shrink and show their inputs.
public struct Suite<L: Lab>: Sendable {
  /// Whether students see it.
  public let visibility: Visibility
  /// The checks in the order in which they are run and shown: from the plain to the subtle.
  public let checks: [Check<L>]
  /// Simpler inputs to try instead of a failing one, the boldest simplifications first.
  public let shrinks: @Sendable (L.Input) -> [L.Input]
  /// An input as labelled rows, shown above expected and actual.
  public let show: @Sendable (L.Input) -> [Picture.Row]
  /// The size of an input, for "shrunk 38 -> 3 jobs".
  public let size: @Sendable (L.Input) -> Int
  /// The unit of `size`, in the plural: "jobs".
  public let unit: String

  /// Creates a suite.
  public init(
    _ lab: L.Type, visibility: Visibility, unit: String,
    shrinks: @escaping @Sendable (L.Input) -> [L.Input],
    show: @escaping @Sendable (L.Input) -> [Picture.Row],
    size: @escaping @Sendable (L.Input) -> Int,
    checks: [Check<L>]
  ) {
    self.visibility = visibility
    self.unit = unit
    self.shrinks = shrinks
    self.show = show
    self.size = size
    self.checks = checks
  }
}
