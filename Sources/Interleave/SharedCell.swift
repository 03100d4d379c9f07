/// A number in plain memory that several CPUs share: what a lock protects.
///
/// Two CPUs must not use it at once unless both only read. Whether they could is checked at every access, in
/// whatever order the CPUs happen to run: two accesses that nothing orders are a data race.
public struct SharedCell: Sendable {
  let location: Int

  /// A cell that holds `value`.
  public init(_ value: Int = 0) { location = Stage.current.makeLocation(value, isPlain: true) }

  /// Returns the value.
  public func read(file: StaticString = #fileID, line: Int = #line) -> Int {
    Stage.current.perform(Operation(kind: .cellRead, location: location), file, line)
  }

  /// Stores `value`.
  public func write(_ value: Int, file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .cellWrite, location: location, operand: value), file, line)
  }

  /// Frees the memory, like `kfree()`: every later use of it is a use after free.
  public func free(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .cellFree, location: location), file, line)
  }
}

/// A stretch of code in which at most one CPU may be at a time.
///
/// The check of a lock enters and leaves it; the lock itself does not need it.
public struct CriticalSection: Sendable {
  let location: Int

  /// Creates a section without a CPU in it.
  public init() { location = Stage.current.makeLocation(0, isPlain: true) }

  /// Enters the section on this CPU.
  public func enter(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .enter, location: location), file, line)
  }

  /// Leaves the section on this CPU.
  public func leave(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .leave, location: location), file, line)
  }
}
