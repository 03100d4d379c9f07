// What a CPU can do in addition to using memory.

/// Orders this CPU's earlier memory accesses against its later ones.
public func fence(ordering: FenceOrdering, file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .fence, ordering: ordering.ordering), file, line)
}

/// Says that this loop waits for another CPU: `cpu_relax()`.
///
/// It orders nothing. If the loop would go on forever as long as nothing changes, the CPU goes on when a location
/// that it has read holds another value. A loop that does not say so is recognised after some repetitions, and costs
/// that many more executions. A loop that gives up after some turns is followed to that point.
public func cpuRelax(file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .relax), file, line)
}

/// Waits until no other CPU can go on: only for a harness, which may know what no code on a real machine can.
package func waitUntilQuiet(file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .relax, operand: 1), file, line)
}

/// The number of the CPU that runs this code, from 0: `smp_processor_id()`.
public var currentCPU: Int { Stage.current.currentCPU }

/// Keeps interrupts off this CPU until the matching ``irqRestore(_:file:line:)``: `local_irq_save()`.
///
/// - Returns: what to restore, which is whether interrupts were on.
public func irqSave(file: StaticString = #fileID, line: Int = #line) -> Int {
  Stage.current.perform(Operation(kind: .irqSave), file, line)
}

/// Turns interrupts on or off again, as `flags` says they were: `local_irq_restore()`.
public func irqRestore(_ flags: Int, file: StaticString = #fileID, line: Int = #line) {
  _ = Stage.current.perform(Operation(kind: .irqRestore, operand: flags), file, line)
}

/// Reports an observation, such as a value that a reader has read, to the judge of the execution.
public func observe(_ name: String, _ value: Int, file: StaticString = #fileID, line: Int = #line) {
  Stage.current.observe(name, value, file, line)
}

/// Checks what must hold here: an execution in which it does not hold is wrong.
public func check(_ holds: Bool, _ claim: String, file: StaticString = #fileID, line: Int = #line) {
  if !holds { observe(brokenCheck + claim, 0, file: file, line: line) }
}

/// Says that this CPU starts or stops holding a resource that only one CPU may hold at a time: tables show the holder.
///
/// Unlike a ``CriticalSection``, it checks nothing.
public func holds(_ isHolder: Bool) {
  _ = Stage.current.perform(Operation(kind: .holds, operand: isHolder ? 1 : 0), "", 0)
}

/// The prefix of the observation that a check has failed.
let brokenCheck = "check failed: "

/// The state of a CPU's task, as the scheduler sees it: its `__state`.
public enum TaskState: Int, Sendable {
  /// The task is running.
  case running = 0
  /// The task sleeps as soon as it parks.
  case sleeping = 1
}

/// Sets the state of this CPU's task: `set_current_state()`, or `__set_current_state()` if relaxed.
///
/// A task that is about to park sets `sleeping` first and then checks its condition once more: in the opposite order, a
/// wake-up that comes in between is lost.
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

/// Wakes the task of another CPU, if it sleeps or is about to: `wake_up_process()`.
///
/// It begins with a full barrier, as in Linux: a task that sets its state too late to be woken sees what the caller
/// stored before.
///
/// - Returns: whether the task was not running.
@discardableResult
public func wake(_ cpu: Int, file: StaticString = #fileID, line: Int = #line) -> Bool {
  let stage = Stage.current
  fence(ordering: .sequentiallyConsistent, file: file, line: line)
  let operation = Operation(
    kind: .exchange, location: stage.taskState(of: cpu), ordering: .sequentiallyConsistent,
    operand: TaskState.running.rawValue)
  return stage.perform(operation, file, line) != TaskState.running.rawValue
}
