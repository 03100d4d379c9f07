extension Layout {
  private static let separator = " │ "
  private static let crossing = "─┼─"

  /// A table with its columns under each other and its cells wrapped; if even that does not fit, a list of its
  /// rows.
  ///
  /// A header without a word is left out.
  func lines(of table: Table, width: Int, source: Int) -> [Line] {
    let grid = ([table.header] + table.rows).enumerated().map { row, cells in
      cells.map { Flattener.segments(of: $0, style: row == 0 ? theme.strong : .plain, theme: theme) }
    }
    let gaps = Layout.separator.count * (table.alignments.count - 1)
    guard let widths = columnWidths(grid, available: width - gaps) else {
      return records(table, width: width, source: source)
    }
    let rows = grid.map { cells in
      zip(cells, widths).map { cell, width in cell.flatMap { Wrapper.wrap($0, width: width) } }
    }
    let isWrapped = rows.contains { row in row.contains { $0.count > 1 } }
    let rule = Line(
      [Span(widths.map { String(repeating: "─", count: $0) }.joined(separator: Layout.crossing), theme.faint)],
      source: source)
    var lines: [Line] = []
    let first = table.header.allSatisfy(\.isEmpty) ? 1 : 0
    for (index, row) in rows.enumerated().dropFirst(first) {
      if index > first && (index == 1 || isWrapped) { lines.append(rule) }
      lines += self.lines(of: row, widths: widths, alignments: table.alignments, source: source + index)
    }
    return rows.count == 1 ? lines + [rule] : lines
  }

  /// The widths of the text if there is room for all of it; else what is left beyond the longest words is shared among
  /// the columns that need most.
  ///
  /// - Returns: nil if not even the longest words fit.
  private func columnWidths(_ grid: [[[[Span]]]], available: Int) -> [Int]? {
    let columns = grid[0].indices
    let natural = columns.map { column in grid.reduce(1) { max($0, widest($1[column])) } }
    if natural.reduce(0, +) <= available { return natural }
    var widths = columns.map { column in
      grid.reduce(1) { max($0, $1[column].reduce(0) { max($0, Wrapper.longestWord(in: $1)) }) }
    }
    var left = available - widths.reduce(0, +)
    guard left >= 0 else { return nil }
    while left > 0, let column = columns.max(by: { natural[$0] * widths[$1] < natural[$1] * widths[$0] }),
      widths[column] < natural[column]
    {
      widths[column] += 1
      left -= 1
    }
    return widths
  }

  private func widest(_ cell: [[Span]]) -> Int {
    cell.reduce(0) { max($0, $1.reduce(0) { $0 + DisplayWidth.of($1.text) }) }
  }

  private func lines(
    of row: [[[Span]]], widths: [Int], alignments: [Table.Alignment], source: Int
  ) -> [Line] {
    let height = row.reduce(1) { max($0, $1.count) }
    return (0..<height).map { index in
      var spans: [Span] = []
      for column in row.indices {
        if column > 0 { spans.append(Span(Layout.separator, theme.faint)) }
        let text = index < row[column].count ? row[column][index] : []
        spans += align(text, alignments[column], width: widths[column])
      }
      return Line(spans, source: source)
    }
  }

  private func align(_ text: [Span], _ alignment: Table.Alignment, width: Int) -> [Span] {
    let room = max(0, width - text.reduce(0) { $0 + DisplayWidth.of($1.text) })
    let before =
      switch alignment {
      case .left: 0
      case .centre: room / 2
      case .right: room
      }
    return [blanks(before)] + text + [blanks(room - before)]
  }

  private func blanks(_ count: Int) -> Span { Span(String(repeating: " ", count: count)) }

  /// Each row as lines of `heading: cell`, or of cells where the column has no heading, with a blank line between rows.
  private func records(_ table: Table, width: Int, source: Int) -> [Line] {
    var lines: [Line] = []
    for (index, row) in table.rows.enumerated() {
      if index > 0 { lines.append(Line([], source: source)) }
      for (heading, cell) in zip(table.header, row) {
        let label = heading.isEmpty ? [] : [Inline.strong(heading), .text(": ")]
        lines += text(label + cell, width: width, source: source + index + 2)
      }
    }
    return lines
  }
}
