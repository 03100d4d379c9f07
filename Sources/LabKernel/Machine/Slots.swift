/// A flat table whose rows are named by handles; free rows are used again, the last freed first.
///
/// ```swift
/// let row = table.insert(pipe)
/// table[row]?.readers
/// table.remove(row)
/// ```
/// Invariant: `free` holds exactly the handles whose row is nil.
///
/// - Complexity: O(1).
package struct Slots<Row: Sendable>: Sendable {
  private var rows: [Row?] = []
  private var free: [Handle<Row>] = []

  /// A table without rows.
  package init() {}

  /// The row, or nil if it is free.
  ///
  /// Only rows in use may be changed.
  package subscript(_ handle: Handle<Row>) -> Row? {
    _read { yield rows[handle.index] }
    _modify { yield &rows[handle.index] }
  }

  /// The numbers of all rows.
  package var indices: Range<Int> { rows.indices }

  /// Every row that is in use.
  package var used: [Row] { rows.compactMap { $0 } }

  /// Puts `row` into a free row, or a new one.
  package mutating func insert(_ row: Row) -> Handle<Row> {
    if let handle = free.popLast() {
      rows[handle.index] = row
      return handle
    }
    rows.append(row)
    return Handle(rows.count - 1)
  }

  /// Removes a row.
  package mutating func remove(_ handle: Handle<Row>) {
    precondition(rows[handle.index] != nil, "a row is removed once")
    rows[handle.index] = nil
    free.append(handle)
  }
}
