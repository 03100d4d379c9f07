/// The source of a table: a header, a row of dashes, and rows that all start with `|`.
///
/// The cells are split in the source, not in the parsed text: there `\|` has lost its backslash.
struct TableSyntax {
  /// The most columns that a table may have.
  private static let mostColumns = 64

  /// How many of the lines are the table's: those after the first without a bar are not.
  let lineCount: Int
  private let alignments: [Table.Alignment]
  /// The cells of all rows, the header's first, each row as long as the header.
  private let cells: [[UInt8]]

  /// Recognises a table in the lines of a paragraph.
  ///
  /// - Parameter lines: the first from where its text begins, the others with the marks of their containers.
  init?(_ lines: [ArraySlice<UInt8>]) {
    guard lines.count >= 2, lines[0].first == pipe else { return nil }
    let rows = lines.map(\.trimmedContainer).prefix { $0.first == pipe }
    guard rows.count >= 2 else { return nil }
    var alignments: [Table.Alignment] = []
    for cell in TableSyntax.split(rows[1]) {
      guard let alignment = TableSyntax.alignment(of: cell) else { return nil }
      alignments.append(alignment)
    }
    let header = TableSyntax.split(rows[0])
    guard header.count == alignments.count, header.count <= TableSyntax.mostColumns else { return nil }
    var cells = header
    for row in rows.dropFirst(2) {
      let found = TableSyntax.split(row).prefix(header.count)
      cells += found + Array(repeating: [], count: header.count - found.count)
    }
    lineCount = rows.count
    self.alignments = alignments
    self.cells = cells
  }

  /// Parses the cells.
  func parse(with tree: inout CmarkTree) -> Table {
    let parsed = tree.inlines(of: cells)
    let columns = alignments.count
    let rows = stride(from: 0, to: parsed.count, by: columns).map {
      Array(parsed[$0..<min($0 + columns, parsed.count)])
    }
    return Table(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
  }

  /// The cells between the bars of a row, with `\|` as the bar that it stands for.
  private static func split(_ row: ArraySlice<UInt8>) -> [[UInt8]] {
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var isEscaped = false
    for byte in row.trimmed.dropFirst() {
      if byte == pipe && !isEscaped {
        cells.append(Array(cell[...].trimmed))
        cell.removeAll()
      } else {
        if byte == pipe { cell.removeLast() }
        cell.append(byte)
      }
      isEscaped = byte == backslash && !isEscaped
    }
    let last = Array(cell[...].trimmed)
    return last.isEmpty ? cells : cells + [last]
  }

  /// What a cell of the second row says, if it is made of dashes.
  private static func alignment(of cell: [UInt8]) -> Table.Alignment? {
    let opens = cell.first == colon
    let closes = cell.count > 1 && cell.last == colon
    let dashes = cell.dropFirst(opens ? 1 : 0).dropLast(closes ? 1 : 0)
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 == dash }) else { return nil }
    return closes ? (opens ? .centre : .right) : .left
  }
}
