internal import LabKernel

/// The tasks of a case in a table of entities like the kernel's, for a component that needs nothing else of a kernel.
///
/// A case has its own scale of priorities, the user's: 1 … 99 for real-time tasks, the larger the more urgent, and 0
/// for an ordinary task.
package struct CaseTasks {
  /// The priorities that a task can ask for.
  static let scale = 0..<realtimePriorityLevels

  /// What is known of each task: rows 0 and 1 belong to idle and init, as in the kernel; then come the case's tasks.
  var entities = EntityTable()
  /// The rows of the tasks, in the order of the case.
  let rows: [TaskID]

  /// Tasks that ask for these priorities.
  init(priorities: [Int]) {
    for priority in [0, 0] + priorities {
      let entity = SchedulingEntity(policy: Self.policy(priority), realtimePriority: priority, fullTimeSlice: 1)
      entities.insert(entity, pid: PID(entities.count), at: TaskID(entities.count))
    }
    rows = priorities.indices.map { TaskID($0 + 2) }
  }

  /// The place of a task in the case; the number of tasks for one that is not in it.
  func place(of task: TaskID) -> Int { rows.firstIndex(of: task) ?? rows.count }

  /// The priority of each task, on the user's scale.
  var priorities: [Int] { rows.map { Self.userPriority(entities[$0].priority) } }

  /// Returns a priority of the kernel's scale on the user's.
  ///
  /// No task of a case asks for any but 0 … 99. A task that is given another all the same has it with a minus sign, so
  /// that no two priorities look alike: 99 is -99, and not the 0 that 120 is.
  package static func userPriority(_ priority: Int) -> Int {
    switch priority {
    case 0..<realtimePriorityLevels - 1: SchedulingEntity.realtimePriority(ofPriority: priority)
    case SchedulingEntity(fullTimeSlice: 1).normalPriority: 0
    default: -priority
    }
  }

  /// Sets what a task asks for, if there is such a task and such a priority; setting what it has is the component's
  /// job.
  mutating func ask(_ task: Int, for priority: Int) {
    guard Self.scale.contains(priority), rows.indices.contains(task) else { return }
    entities[rows[task]].policy = Self.policy(priority)
    entities[rows[task]].realtimePriority = priority
  }

  private static func policy(_ priority: Int) -> SchedulingPolicy { priority == 0 ? .normal : .fifo }

  /// Returns the place of a task of which more has changed than the priority, or whose priority has changed by another
  /// way than ``EntityTable/setPriority(of:to:)``; nil for none.
  mutating func touched(since before: EntityTable) -> Int? {
    let displaced = entities.takeDisplaced().map(\.task)
    let touched = (0..<before.count).map { TaskID($0) }.first { row in
      var allowed = before[row]
      if displaced.contains(row), rows.contains(row) { allowed.priority = entities[row].priority }
      return entities[row] != allowed
    }
    return touched.map(place)
  }
}
