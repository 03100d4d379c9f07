import LabKernel

/// The names of tasks by birth: the second child of A is A.2, in whatever order tasks were born.
///
/// Pids depend on the schedule; lineages do not.
struct Lineages {
  private struct Key: Hashable {
    let parent: UInt32
    let number: UInt32
  }

  private var numbers: [Key: UInt32] = [:]
  private var keys: [Key] = []
  private var names: [String] = []

  /// The name of a task.
  func name(_ lineage: UInt32) -> String {
    names.indices.contains(Int(lineage) - 1) ? names[Int(lineage) - 1] : "?"
  }

  /// Names the tasks that have just been born.
  @inline(__always)
  mutating func name(in kernel: inout Kernel, after move: Move?) {
    for row in TaskID.initial.index + 1..<kernel.tasks.count where kernel.tasks[TaskID(row)].lineage == 0 {
      guard kernel.tasks[TaskID(row)].state != .dead else { continue }
      var parent = TaskID.initial
      if case .run(let row, _) = move { parent = TaskID(Int(row)) }
      name(TaskID(row), child: parent, in: &kernel)
    }
  }

  private mutating func name(_ task: TaskID, child parent: TaskID, in kernel: inout Kernel) {
    let number = parent == .initial ? UInt32(kernel.tasks[task].pid) : kernel.tasks[parent].births
    let key = Key(parent: kernel.tasks[parent].lineage, number: number)
    if let known = numbers[key] {
      kernel.setLineage(of: task, to: known)
      return
    }
    keys.append(key)
    let lineage = UInt32(keys.count)
    numbers[key] = lineage
    names.append(parent == .initial ? kernel.name(of: kernel.tasks[task].pid) : "\(name(key.parent)).\(number)")
    kernel.setLineage(of: task, to: lineage)
  }
}
