import Judging

extension Verdict {
  /// The same verdict in printable form, cut to a size at which thousands of them fit in a report.
  ///
  /// What a judge draws and says is made from a submission's answers, which may be megabytes. From here on it is in
  /// files of ours, which people read in terminals.
  package var bounded: Verdict {
    guard var failure else { return self }
    failure.finding.what = failure.finding.what.bounded(Bounds.sentence)
    failure.finding.picture = failure.finding.picture.bounded
    failure.input = Picture(failure.input).bounded.rows
    failure.call = failure.call.bounded(Bounds.sentence)
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
  /// In all rows of a picture together.
  static let characters = 64_000
}

extension String {
  /// At most `limit` of its characters, all of them printable.
  fileprivate func bounded(_ limit: Int) -> String { String(Printable.text(String(prefix(limit))).prefix(limit)) }
}

extension Picture {
  /// The picture with rows and columns that can be shown; a mark outside them is dropped.
  fileprivate var bounded: Picture {
    var room = Bounds.characters
    var rows: [Row] = []
    for row in self.rows.prefix(Bounds.rows) where room > 0 {
      let cut = Row(row.label.bounded(Bounds.label), row.text.bounded(min(Bounds.columns, room)))
      room -= cut.text.count
      rows.append(cut)
    }
    let mark = mark.flatMap { mark in
      (0...Bounds.columns).contains(mark.column)
        ? Mark(column: mark.column, note: mark.note.bounded(Bounds.sentence)) : nil
    }
    return Picture(rows, mark: mark)
  }
}
