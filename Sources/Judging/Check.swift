public import LabHarness
public import LabKernel

/// Whether a student may see what a check feeds to the component.
public enum Visibility: String, Sendable, Codable {
  /// In `labs/<slug>/checks`, for everyone to read and run.
  case visible
  /// In `solutions/suites`, for the grader alone: its inputs are withheld from the student's report.
  case hidden
}

/// One thing that is asked of a component: inputs to run it on, and a judge of each output.
public struct Check<L: Lab>: Sendable {
  /// Stable for ever: points, hints, overrides and replays refer to it.
  ///
  /// Lower-case words joined by hyphens.
  public let id: String
  /// What holds when the check passes, as a sentence: "boost lifts starving jobs".
  public let title: String
  /// The cases: those chosen by hand first, then the generated ones; the same for the same seed.
  public let cases: @Sendable (_ seed: UInt64) -> [L.Input]
  /// What is to be said of an output.
  let judgement: @Sendable (L.Input, L.Output) -> Judgement

  /// A check.
  ///
  /// `cases` must not depend on anything but its seed.
  ///
  /// - Parameter judge: the first thing that is wrong with an output, or nil.
  public init(
    id: String, title: String,
    cases: @escaping @Sendable (_ seed: UInt64) -> [L.Input],
    judge: @escaping @Sendable (L.Input, L.Output) -> Finding?
  ) {
    self.init(id: id, title: title, cases: cases) { input, output in
      judge(input, output).map(Judgement.wrong) ?? .right
    }
  }

  /// A check whose cases are drawn one after the other from one source.
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

  /// A check that may not be able to see all that it asks about.
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

  /// The first thing that is wrong with an output, or nil.
  public func judge(_ input: L.Input, _ output: L.Output) -> Finding? {
    guard case .wrong(let finding) = judgement(input, output) else { return nil }
    return finding
  }
}

/// What is to be said of one output.
enum Judgement: Sendable {
  /// It is right.
  case right
  /// Nothing is wrong with what was looked at, and there is more: how much was.
  case rightAsFarAsSeen(String)
  /// It is wrong.
  case wrong(Finding)
}

/// All checks of one visibility for one lab, with what is needed to shrink and to show their inputs.
public struct Suite<L: Lab>: Sendable {
  /// Whether students see it.
  public let visibility: Visibility
  /// In the order in which they are run and shown: from the plain to the subtle.
  public let checks: [Check<L>]
  /// Simpler inputs to try in place of a failing one, the boldest simplifications first.
  public let shrinks: @Sendable (L.Input) -> [L.Input]
  /// An input as labelled rows, to stand above expected and actual.
  public let show: @Sendable (L.Input) -> [Picture.Row]
  /// How large an input is and in which unit, for "shrunk 38 -> 3 jobs".
  public let size: @Sendable (L.Input) -> Int
  /// The unit of `size`, in the plural: "jobs".
  public let unit: String

  /// A suite.
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
