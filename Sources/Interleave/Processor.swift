// What a CPU can do besides using memory.

/// Orders what this CPU did before against what it does next.
public func fence(ordering: FenceOrdering, file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .fence, ordering: ordering.ordering), file, line)
}

/// Says that this loop waits for another CPU: `cpu_relax()`.
///
/// It orders nothing. Where the loop would go on forever as long as nothing changes, the CPU goes on when a location
/// that it has read holds another value. A loop that does not say so is recognised after some repetitions, and costs as
/// many executions more. A loop that gives up after some turns is followed to where it does.
public func cpuRelax(file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .relax), file, line)
}

/// Waits until no other CPU can go on: for a harness, which may know what no code on a machine does.
package func waitUntilQuiet(file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .relax, operand: 1), file, line)
}

/// The number of the CPU that runs this code, from 0: `smp_processor_id()`.
public var currentCPU: Int { Stage.current.currentCPU }

/// Keeps interrupts off this CPU until the matching ``irqRestore(_:file:line:)``: `local_irq_save()`.
///
/// - Returns: what to restore: whether interrupts were on.
public func irqSave(file: StaticString = #fileID, line: Int = #line) -> Int {
  Stage.current.perform(Operation(kind: .irqSave), file, line)
}

/// Makes interrupts as `flags` says that they were, on or off: `local_irq_restore()`.
public func irqRestore(_ flags: Int, file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .irqRestore, operand: flags), file, line)
}

/// Tells an observation, such as a value that a reader has read, to whoever judges the execution.
public func observe(_ name: String, _ value: Int, file: StaticString = #fileID, line: Int = #line) {
  Stage.current.observe(name, value, file, line)
}

/// Says what must hold here: an execution in which it does not is wrong.
public func check(_ holds: Bool, _ claim: String, file: StaticString = #fileID, line: Int = #line) {
  if !holds { observe(brokenCheck + claim, 0, file: file, line: line) }
}

/// Says that this CPU has, from here on or no more, what only one may have at a time: tables show who.
///
/// Nothing is checked by it, as it is by a ``CriticalSection``.
public func holds(_ isHolder: Bool) {
  _ = Stage.current.perform(Operation(kind: .holds, operand: isHolder ? 1 : 0), "", 0)
}

/// What the observation that a check does not hold begins with.
let brokenCheck = "not so: "

/// What the scheduler takes the task of a CPU for: its `__state`.
public enum TaskState: Int, Sendable {
  /// It goes on.
  case running = 0
  /// It sleeps as soon as it parks.
  case sleeping = 1
}

/// Says what the scheduler is to take this CPU's task for: `set_current_state()`, or `__set_current_state()` if relaxed.
///
/// Who is going to park says `sleeping` first and looks once more whether it must: the other way round, a wake-up
/// that comes in between is lost.
public func setCurrentState(
  _ state: TaskState, ordering: StoreOrdering = .sequentiallyConsistent, file: StaticString = #fileID,
  line: Int = #line
) {
  let stage = Stage.current
  let task = stage.taskState(of: stage.currentCPU)
  let store = Operation(kind: .store, location: task, ordering: ordering.ordering, operand: state.rawValue)
  _ = stage.perform(store, file, line)
  if ordering == .sequentiallyConsistent { fence(ordering: .sequentiallyConsistent, file: file, line: line) }
}

/// Sleeps while this CPU's task is ``TaskState/sleeping``: `schedule()`.
public func park(file: StaticString = #fileID, line: Int = #line) {
  let stage = Stage.current
  let operation = Operation(kind: .park, location: stage.taskState(of: stage.currentCPU), ordering: .acquiring)
  _ = stage.perform(operation, file, line, condition: { $0 == TaskState.running.rawValue })
}

/// Makes the task of another CPU run on, if it sleeps or is about to: `wake_up_process()`.
///
/// It begins with a full barrier, as in Linux: what the caller stored before is seen by whoever says that it sleeps too
/// late to be woken.
///
/// - Returns: whether it was not running.
@discardableResult
public func wake(_ cpu: Int, file: StaticString = #fileID, line: Int = #line) -> Bool {
  let stage = Stage.current
  fence(ordering: .sequentiallyConsistent, file: file, line: line)
  let operation = Operation(
    kind: .exchange, location: stage.taskState(of: cpu), ordering: .sequentiallyConsistent,
    operand: TaskState.running.rawValue)
  return stage.perform(operation, file, line) != TaskState.running.rawValue
}
