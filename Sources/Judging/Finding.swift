/// What a judge found wrong with one output, in the words of the subject.
///
/// "frame 12 was handed out twice", "task C was runnable from t=6 and first ran at t=31": never the
/// words of the code, and never more than the first thing that went wrong.
public struct Finding: Sendable, Equatable, Codable {
  /// One sentence.
  public var what: String
  /// Expected and actual, one above the other; empty if the sentence says everything.
  public var picture: Picture
  /// The id in `lab.yml` of the broken rule, if the judge knows better than "the first that the check asks".
  public var rule: String?
  /// How the picture came about, row by row; empty if that does not apply.
  ///
  /// It is for interactive use while a check is judged: results are written without it.
  public var walk: [Step] = []

  private enum CodingKeys: String, CodingKey {
    case what, picture, rule
  }

  /// A part of the picture, and the state after it had happened.
  public struct Step: Sendable, Equatable {
    /// The rows of the picture that it takes.
    public var rows: Range<Int>
    /// The state after it.
    public var notes: [Picture.Row]
    /// The place of the code that did it, as `file:line`; empty if that is not shown.
    public var place = ""
  }

  /// Creates a finding with its picture.
  public init(_ what: String, picture: Picture = Picture(), rule: String? = nil) {
    self.what = what
    self.picture = picture
    self.rule = rule
  }
}

/// Labelled rows of text in one scale, with at most one mark under them.
///
/// ```
///             0         10
///   expected  AABBCCAABBCCAABB
///   actual    AABBCCAABBAABBAA
///                       ^ first difference, t=10
/// ```
public struct Picture: Sendable, Equatable, Codable {
  /// One row: a label such as `expected`, and its text.
  public struct Row: Sendable, Equatable, Codable {
    /// What the row shows; empty for a ruler.
    public var label: String
    /// The row itself, at most 66 columns wide where possible.
    public var text: String
    /// Creates a row named `label`.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// A caret under the rows.
  public struct Mark: Sendable, Equatable, Codable {
    /// The column that it points at, counted from 0 at the start of the rows' text.
    public var column: Int
    /// What can be seen there.
    public var note: String
    /// Creates a caret at `column`.
    public init(column: Int, note: String) {
      self.column = column
      self.note = note
    }
  }

  /// The rows from top to bottom.
  public var rows: [Row]
  /// The mark that shows where to look.
  public var mark: Mark?

  /// Creates a picture; without rows there is none.
  public init(_ rows: [Row] = [], mark: Mark? = nil) {
    self.rows = rows
    self.mark = mark
  }
}

extension Picture {
  /// Creates two rows that should have been equal, marked at the first column where they differ.
  ///
  /// - Parameter ruler: a row of column numbers above them, or empty.
  public init(ruler: String = "", expected: String, actual: String, note: String = "first difference") {
    var rows = [Row("expected", expected), Row("actual", actual)]
    if !ruler.isEmpty { rows.insert(Row("", ruler), at: 0) }
    let pairs = zip(expected, actual)
    let common = Array(pairs).firstIndex { $0 != $1 } ?? min(expected.count, actual.count)
    let differ = expected != actual
    self.init(rows, mark: differ ? Mark(column: common, note: note) : nil)
  }
}
