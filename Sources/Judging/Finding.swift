/// What a judge found wrong with one output, in the words of the subject.
///
/// "frame 12 was handed out twice", "task C was runnable from t=6 and first ran at t=31": never the
/// words of the code, and never more than the first thing that went wrong.
public struct Finding: Sendable, Equatable, Codable {
  /// One sentence.
  public var what: String
  /// Expected and actual, drawn one above the other; empty where the sentence says it all.
  public var picture: Picture
  /// The id in `lab.yml` of the rule that is broken, where the judge knows better than "the first that the check asks".
  public var rule: String?
  /// How the picture came about, row by row; empty where it did not.
  ///
  /// For whoever looks on while a check is judged: results are written without it.
  public var walk: [Step] = []

  private enum CodingKeys: String, CodingKey {
    case what, picture, rule
  }

  /// A part of the picture, and how things stood when it had happened.
  public struct Step: Sendable, Equatable {
    /// Which rows of the picture it takes.
    public var rows: Range<Int>
    /// How things stood.
    public var notes: [Picture.Row]
    /// Where the code of what happened stands, as `file:line`; empty where that is not to be seen.
    public var place = ""
  }

  /// A finding with its picture.
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
  /// One row: `expected`, and what was.
  public struct Row: Sendable, Equatable, Codable {
    /// What the row shows; empty for a ruler.
    public var label: String
    /// The row itself, at most 66 columns where it can be helped.
    public var text: String
    /// A row named `label`.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// A caret under the rows.
  public struct Mark: Sendable, Equatable, Codable {
    /// The column that it points at, counted from 0 at the start of the rows' text.
    public var column: Int
    /// What is to be seen there.
    public var note: String
    /// A caret at `column`.
    public init(column: Int, note: String) {
      self.column = column
      self.note = note
    }
  }

  /// From top to bottom.
  public var rows: [Row]
  /// Where to look.
  public var mark: Mark?

  /// A picture; with no rows, none.
  public init(_ rows: [Row] = [], mark: Mark? = nil) {
    self.rows = rows
    self.mark = mark
  }
}

extension Picture {
  /// Two rows that should have been equal, marked at the first column where they are not.
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
