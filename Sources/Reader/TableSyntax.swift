/// The source of a table: a header, a row of dashes, and rows.
///
/// If the header starts with `|`, so do all rows; else each has a `|` somewhere.
///
/// The cells are split in the source, not in the parsed text: there `\|` has lost its backslash.
struct TableSyntax {
  /// The most columns that a table may have.
  private static let mostColumns = 64

  /// Which of the lines are the table's: text may come before and after it without a blank line.
  let lines: Range<Int>
  private let alignments: [Table.Alignment]
  /// The cells of all rows, the header's first, each row as long as the header.
  private let cells: [[UInt8]]

  /// Recognises the first table in the lines of a paragraph.
  ///
  /// - Parameter lines: the first from where its text begins, the others with the marks of their containers.
  static func first(in lines: [ArraySlice<UInt8>]) -> TableSyntax? {
    let lines = lines.map(\.trimmedContainer)
    return lines.indices.dropLast().lazy.compactMap { TableSyntax(lines, from: $0) }.first
  }

  /// The table whose header is the line `start`, if there is one.
  private init?(_ lines: [ArraySlice<UInt8>], from start: Int) {
    let isBarred = lines[start].first == pipe
    let isRow = { (line: ArraySlice<UInt8>) in isBarred ? line.first == pipe : line.contains(pipe) }
    guard isRow(lines[start]), isRow(lines[start + 1]) else { return nil }
    let rows = Array(lines[start...].prefix(while: isRow))
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
    self.lines = start..<start + rows.count
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
    let text = row.trimmed
    for byte in text.first == pipe ? text.dropFirst() : text {
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
