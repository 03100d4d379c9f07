internal import LabKernel

/// The tasks of a case in a table like the kernel's, for a component that needs no more of a kernel than that.
///
/// A case has its own scale of priorities, the user's: 1 … 99 for real-time tasks, the larger the more urgent, and 0 for
/// an ordinary task.
package struct CaseTasks {
  /// The priorities that a task can ask for.
  static let scale = 0..<realtimePriorityLevels

  /// The table: rows 0 and 1 belong to idle and init, as in the kernel; then come the tasks of the case.
  var table = TaskTable()
  /// The rows of the tasks, in the order of the case.
  let rows: [TaskID]

  /// Tasks that ask for these priorities.
  init(priorities: [Int]) {
    var table = TaskTable()
    for _ in [TaskID.idle, .initial] { _ = table.add(SchedulingEntity(fullTimeSlice: 1)) }
    rows = priorities.map { priority in
      let policy = Self.policy(priority)
      return table.add(SchedulingEntity(policy: policy, realtimePriority: priority, fullTimeSlice: 1))
    }
    self.table = table
  }

  /// The place of a task in the case; the number of tasks for one that is not in it.
  func place(of task: TaskID) -> Int { rows.firstIndex(of: task) ?? rows.count }

  /// The priority of each task, on the user's scale.
  var priorities: [Int] { rows.map { Self.userPriority(table[$0].scheduling.priority) } }

  /// A priority of the kernel's scale on the user's.
  ///
  /// No task of a case asks for any but 0 … 99. One that is given another all the same has it with a minus sign, so that no
  /// two priorities look alike: 99 is -99, and not the 0 that 120 is.
  package static func userPriority(_ priority: Int) -> Int {
    switch priority {
    case 0..<realtimePriorityLevels - 1: realtimePriorityLevels - 1 - priority
    case SchedulingEntity(fullTimeSlice: 1).normalPriority: 0
    default: -priority
    }
  }

  /// Sets what a task asks for, if there is such a task and such a priority; what it has is the component's to set.
  mutating func ask(_ task: Int, for priority: Int) {
    guard Self.scale.contains(priority), rows.indices.contains(task) else { return }
    table[rows[task]].scheduling.policy = Self.policy(priority)
    table[rows[task]].scheduling.realtimePriority = priority
  }

  private static func policy(_ priority: Int) -> SchedulingPolicy { priority == 0 ? .normal : .fifo }

  /// What a component knows about each row.
  var entities: [SchedulingEntity] { table.indices.map { table[TaskID($0)].scheduling } }

  /// The place of a task of which more has changed than the priority, or the priority by another way than
  /// ``TaskTable/setPriority(of:to:)``; nil for none.
  mutating func touched(since before: [SchedulingEntity]) -> Int? {
    let displaced = table.takeDisplaced().map(\.task)
    let touched = before.indices.map { TaskID($0) }.first { row in
      var allowed = before[row.index]
      if displaced.contains(row), rows.contains(row) { allowed.priority = table[row].scheduling.priority }
      return table[row].scheduling != allowed || table[row].id != row
    }
    return touched.map(place)
  }
}
