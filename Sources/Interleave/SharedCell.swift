/// A number in plain memory that several CPUs share: what a lock is there to protect.
///
/// Two CPUs must not use it at once unless both only read. Whether they might is checked at every access, in
/// whatever order the CPUs happen to run: two accesses that nothing orders are a data race.
public struct SharedCell: Sendable {
  let location: Int

  /// A cell that holds `value`.
  public init(_ value: Int = 0) { location = Stage.current.makeLocation(value, isPlain: true) }

  /// The value.
  public func read(file: StaticString = #fileID, line: Int = #line) -> Int {
    Stage.current.perform(Operation(kind: .cellRead, location: location), file, line)
  }

  /// Makes `value` the value.
  public func write(_ value: Int, file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .cellWrite, location: location, operand: value), file, line)
  }

  /// Gives the memory back, like `kfree()`: every later use of it is a use after free.
  public func free(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .cellFree, location: location), file, line)
  }
}

/// A stretch of code in which at most one CPU may be at a time.
///
/// Whoever checks a lock enters and leaves it; who writes a lock does not need it.
public struct CriticalSection: Sendable {
  let location: Int

  /// A section with nobody in it.
  public init() { location = Stage.current.makeLocation(0, isPlain: true) }

  /// This CPU is in it from here on.
  public func enter(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .enter, location: location), file, line)
  }

  /// This CPU is in it no more.
  public func leave(file: StaticString = #fileID, line: Int = #line) {
    _ = Stage.current.perform(Operation(kind: .leave, location: location), file, line)
  }
}
