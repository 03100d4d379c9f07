import Judging

extension Verdict {
  /// The same verdict, cut to a size at which thousands of them make a report.
  ///
  /// What a judge draws and says is made of what a submission answered, and that may be megabytes.
  package var bounded: Verdict {
    guard var failure else { return self }
    failure.finding.what = String(failure.finding.what.prefix(Bounds.sentence))
    failure.finding.picture = failure.finding.picture.bounded
    failure.input = Picture(failure.input).bounded.rows
    failure.call = String(failure.call.prefix(Bounds.sentence))
    var verdict = self
    verdict.failure = failure
    return verdict
  }
}

/// How much of each thing a verdict holds.
private enum Bounds {
  static let sentence = 2000
  static let label = 40
  static let rows = 200
  static let columns = 20_000
}

extension Picture {
  /// The picture with rows and columns that can be shown; a mark outside of them is dropped.
  fileprivate var bounded: Picture {
    let rows = rows.prefix(Bounds.rows).map { row in
      Row(String(row.label.prefix(Bounds.label)), String(row.text.prefix(Bounds.columns)))
    }
    let mark = mark.flatMap { mark in
      (0...Bounds.columns).contains(mark.column)
        ? Mark(column: mark.column, note: String(mark.note.prefix(Bounds.sentence))) : nil
    }
    return Picture(rows, mark: mark)
  }
}
