/// A flat table whose rows are named by their index; the rows of what is gone are used again, newest first.
///
/// ```swift
/// let row = table.insert(pipe)
/// table[row]?.openFiles -= 1
/// table.remove(row)
/// ```
/// Invariant: `free` holds exactly the indices whose row is nil.
///
/// - Complexity: O(1).
package struct Slots<Row: Sendable>: Sendable {
  private var rows: [Row?] = []
  private var free: [Int32] = []

  /// A table without rows.
  package init() {}

  /// The row, or nil where it is free.
  ///
  /// Only rows in use may be changed.
  package subscript(_ index: Int32) -> Row? {
    _read { yield rows[Int(index)] }
    _modify { yield &rows[Int(index)] }
  }

  /// Every row that is in use.
  package var used: [Row] { rows.compactMap { $0 } }

  /// Puts `row` into a free row, or a new one.
  package mutating func insert(_ row: Row) -> Int32 {
    if let index = free.popLast() {
      rows[Int(index)] = row
      return index
    }
    rows.append(row)
    return Int32(rows.count - 1)
  }

  /// Takes a row out.
  package mutating func remove(_ index: Int32) {
    precondition(rows[Int(index)] != nil, "a row is removed once")
    rows[Int(index)] = nil
    free.append(index)
  }
}
