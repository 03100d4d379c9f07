/// A number that several CPUs may read and write at once: an `atomic_long_t`.
///
/// ```swift
/// let owner = Atomic(0)
/// let ticket = owner.fetchAdd(1, ordering: .relaxed)
/// while owner.load(ordering: .acquiring) != ticket { cpuRelax() }
/// ```
///
/// It mirrors `Synchronization.Atomic`. A value of this type names memory rather than holding it: copies of it
/// name the same location, so it can be stored in a `let` or an array and passed around. Locations
/// are made while a scenario is set up, never by a running CPU.
///
/// Before each operation, any other CPU may take its turn.
public struct Atomic: Sendable {
  let location: Int

  /// A location that holds `value`.
  public init(_ value: Int = 0) { location = Stage.current.makeLocation(value, isPlain: false) }

  /// Returns the value that this CPU sees.
  public func load(
    ordering: LoadOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .load, location: location, ordering: ordering.ordering), file, line)
  }

  /// Stores `value`.
  public func store(
    _ value: Int, ordering: StoreOrdering, file: StaticString = #fileID, line: Int = #line
  ) {
    _ = perform(Operation(kind: .store, location: location, ordering: ordering.ordering, operand: value), file, line)
  }

  /// Stores `value` and returns the previous value, as one indivisible step.
  public func exchange(
    _ value: Int, ordering: UpdateOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .exchange, location: location, ordering: ordering.ordering, operand: value), file, line)
  }

  /// Adds `number` and returns the previous value, as one indivisible step.
  @discardableResult
  public func fetchAdd(
    _ number: Int, ordering: UpdateOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .add, location: location, ordering: ordering.ordering, operand: number), file, line)
  }

  /// Stores `desired` if the value is `expected`; returns whether it was, and the previous value.
  ///
  /// It fails for no other reason. A failed one is a relaxed load, whatever `ordering` says, as in Linux, where a
  /// failed `cmpxchg()` orders nothing.
  @discardableResult
  public func compareExchange(
    expected: Int, desired: Int, ordering: UpdateOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> (exchanged: Bool, original: Int) {
    let operation = Operation(
      kind: .compareExchange, location: location, ordering: ordering.ordering, operand: desired, expected: expected)
    let original = perform(operation, file, line)
    return (original == expected, original)
  }

  /// Waits until the value satisfies a condition, and returns it: `smp_cond_load_acquire()`.
  ///
  /// To the machine this is one operation, possible only when the condition holds. Use it to write a loop that
  /// waits: the same loop written by hand, with ``cpuRelax(file:line:)`` in it, has a hundred times as many executions.
  ///
  /// - Parameter condition: must depend only on the value and use no shared memory.
  @discardableResult
  public func spin(
    until condition: (Int) -> Bool, ordering: LoadOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    let operation = Operation(kind: .await, location: location, ordering: ordering.ordering)
    return Stage.current.perform(operation, file, line, condition: condition)
  }

  private func perform(_ operation: Operation, _ file: StaticString, _ line: Int) -> Int {
    Stage.current.perform(operation, file, line)
  }
}
