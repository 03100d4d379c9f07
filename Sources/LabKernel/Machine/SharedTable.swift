/// A table whose rows have users: a row exists for as long as it has one.
///
/// ```swift
/// let map = maps.insert(MemoryMap(bytes: 4096))   // one user
/// maps.retain(map)                                // two: a thread
/// let other = maps.copy(map)                      // a row of its own, as fork makes it
/// maps.release(map)                               // nil: the other still uses it
/// maps.release(map)                               // the row, which is no longer in the table
/// ```
/// Invariant: a row that is in use has at least one user.
///
/// - Complexity: O(1); `copy` takes what copying the row takes.
/// - Source: Linux counts users in each structure: `mm_users`, `files_struct.count`, `f_count`;
///   include/linux/refcount.h.
package struct SharedTable<Row: Sendable>: Sendable {
  private var rows = Slots<Row>()
  /// How many users each row has; 0 for a free row.
  private var users: [Int32] = []

  /// A table without rows.
  package init() {}

  /// The row, or nil if it is free.
  ///
  /// Only rows in use may be changed.
  package subscript(_ handle: Handle<Row>) -> Row? {
    _read { yield rows[handle] }
    _modify { yield &rows[handle] }
  }

  /// The numbers of all rows.
  package var indices: Range<Int> { rows.indices }

  /// Every row that is in use, with its handle.
  package var used: [(handle: Handle<Row>, row: Row)] {
    users.indices.compactMap { index in rows[Handle(index)].map { (Handle(index), $0) } }
  }

  /// How many users a row has.
  package func users(of handle: Handle<Row>) -> Int { Int(users[handle.index]) }

  /// Puts `row` into the table, with one user.
  package mutating func insert(_ row: Row) -> Handle<Row> {
    let handle = rows.insert(row)
    while users.count <= handle.index { users.append(0) }
    users[handle.index] = 1
    return handle
  }

  /// Adds a user to a row.
  @discardableResult
  package mutating func retain(_ handle: Handle<Row>) -> Handle<Row> {
    precondition(users[handle.index] > 0, "a row that is free cannot be shared")
    users[handle.index] += 1
    return handle
  }

  /// Removes a user from a row, and the row with its last user.
  ///
  /// - Returns: the row, if that was its last user.
  @discardableResult
  package mutating func release(_ handle: Handle<Row>) -> Row? {
    precondition(users[handle.index] > 0, "a row is released once for each user")
    users[handle.index] -= 1
    guard users[handle.index] == 0 else { return nil }
    defer { rows.remove(handle) }
    return rows[handle]
  }

  /// Inserts a copy of a row, with one user.
  package mutating func copy(_ handle: Handle<Row>) -> Handle<Row> {
    guard let row = rows[handle] else { preconditionFailure("a row that is free cannot be copied") }
    return insert(row)
  }
}
