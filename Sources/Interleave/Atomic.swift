/// A number that several CPUs may read and write at once: an `atomic_long_t`.
///
/// ```swift
/// let owner = Atomic(0)
/// let ticket = owner.fetchAdd(1, ordering: .relaxed)
/// while owner.load(ordering: .acquiring) != ticket { cpuRelax() }
/// ```
///
/// It mirrors `Synchronization.Atomic`. A value of this type names the memory and does not hold it: copies of it
/// mean the same location, so it can stand in a `let`, in an array, and in what is passed around. Locations
/// are made where a scenario is set up, never by a running CPU.
///
/// Before each operation, every other CPU may have its turn.
public struct Atomic: Sendable {
  let location: Int

  /// A location that holds `value`.
  public init(_ value: Int = 0) { location = Stage.current.makeLocation(value, isPlain: false) }

  /// The value that this CPU sees.
  public func load(
    ordering: LoadOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .load, location: location, ordering: ordering.ordering), file, line)
  }

  /// Makes `value` the value.
  public func store(
    _ value: Int, ordering: StoreOrdering, file: StaticString = #fileID, line: Int = #line
  ) {
    _ = perform(Operation(kind: .store, location: location, ordering: ordering.ordering, operand: value), file, line)
  }

  /// Makes `value` the value, and returns the one before; nothing comes between the two.
  public func exchange(
    _ value: Int, ordering: UpdateOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .exchange, location: location, ordering: ordering.ordering, operand: value), file, line)
  }

  /// Adds `number`, and returns the value before; nothing comes between the two.
  @discardableResult
  public func fetchAdd(
    _ number: Int, ordering: UpdateOrdering, file: StaticString = #fileID, line: Int = #line
  ) -> Int {
    perform(Operation(kind: .add, location: location, ordering: ordering.ordering, operand: number), file, line)
  }

  /// Makes `desired` the value if it is `expected`, and returns whether it was and the value before.
  ///
  /// It fails for no other reason. One that fails is a relaxed load, whatever `ordering` says: as in Linux, where a
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
  /// To the machine this is one operation, possible only when the condition holds. It is the way to write a loop that
  /// waits: the same loop by hand, with ``cpuRelax(file:line:)`` in it, has a hundred times as many executions.
  ///
  /// - Parameter condition: must depend on nothing but the value, and use no shared memory.
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
