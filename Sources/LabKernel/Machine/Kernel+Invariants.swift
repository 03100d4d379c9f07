extension Kernel {
  /// Whether the kernel's tables agree with each other: the rules that are broken, in sentences; none where all is well.
  ///
  /// - Complexity: O(tasks + CPUs); for tests and grading.
  public func brokenInvariants() -> [String] {
    var broken: [String] = []
    broken += cpuFindings() + taskFindings() + familyFindings() + mutexFindings() + queueFindings()
    if let next = events.nextTime, next < now { broken.append("an event lies in the past") }
    if !files.referencesAreRight { broken.append("an open file is named by more or fewer descriptors than it counts") }
    if !memoriesAreRight { broken.append("a memory map is used by more or fewer tasks than it counts") }
    if !pipesAreRight { broken.append("a pipe counts more or fewer open files than it has") }
    return broken
  }

  private var memoriesAreRight: Bool {
    var counts = sharedMemories.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for index in tasks.indices where tasks[TaskID(index)].memory != .none {
      counts[tasks[TaskID(index)].memory, default: 0] += 1
    }
    return memoryMaps.used.allSatisfy { counts[$0.handle] == memoryMaps.users(of: $0.handle) }
  }

  private var pipesAreRight: Bool {
    let counts = files.filesByPipe
    return pipes.used.count == counts.count && pipes.used.allSatisfy { counts[$0.handle] == pipes.users(of: $0.handle) }
  }

  private func cpuFindings() -> [String] {
    var broken: [String] = []
    for (index, cpu) in cpus.enumerated() {
      let runnable = tasks.indices.filter { tasks[TaskID($0)].state.isRunnable && tasks[TaskID($0)].cpu.index == index }
      if cpu.runQueue.count != runnable.count {
        broken.append("cpu\(index) counts \(cpu.runQueue.count) runnable tasks and has \(runnable.count)")
      }
      if cpu.current == .idle, !runnable.isEmpty { broken.append("cpu\(index) is idle while a task could run there") }
      if cpu.current != .idle, tasks[cpu.current].state != .running(CPUID(index)) {
        broken.append("cpu\(index) runs a task that does not know it")
      }
    }
    return broken
  }

  private func taskFindings() -> [String] {
    var broken: [String] = []
    for index in tasks.indices {
      let task = tasks[TaskID(index)]
      if case .running(let cpu) = task.state, cpus[cpu.index].current != task.id {
        broken.append("pid \(task.pid) runs on a CPU that runs another")
      }
      if case .zombie = task.state, task.memory != .none || task.files != .none {
        broken.append("the zombie \(task.pid) still has memory or files")
      }
      let account = task.accounting
      if account.run + account.wait > now - account.created {
        broken.append("pid \(task.pid) ran longer than it lived")
      }
    }
    return broken
  }

  private func queueFindings() -> [String] {
    var broken: [String] = []
    var queued = 0
    for queue in waitQueues.used {
      var previous = TaskID.idle
      var task = queue.first
      while task != .idle, queued <= tasks.count {
        queued += 1
        let sleep = tasks[task].sleep
        if sleep.previous != previous || owner(of: sleep.queue) != queue.owner || tasks[task].state != .interruptible {
          broken.append("pid \(tasks[task].pid) is in a wait queue that it does not know")
        }
        previous = task
        task = sleep.next
      }
      if queue.last != previous { broken.append("a wait queue does not end with its last task") }
    }
    if queued != tasks.indices.filter({ tasks[TaskID($0)].sleep.queue != .none }).count {
      broken.append("a task waits in a queue that does not have it")
    }
    return broken
  }

  private func mutexFindings() -> [String] {
    var broken: [String] = []
    for index in tasks.indices {
      let task = tasks[TaskID(index)]
      let entity = scheduling[task.id]
      if entity.priority > entity.normalPriority {
        broken.append("pid \(task.pid) is less urgent than it asked to be")
      }
      guard case .mutex(let mutex) = awaited(by: task.id) else { continue }
      switch mutexes.owner(of: mutex) {
      case nil: broken.append("pid \(task.pid) waits for a mutex that is free")
      case task.id: broken.append("pid \(task.pid) waits for a mutex that it owns")
      case .some: break
      }
    }
    return broken
  }

  private func familyFindings() -> [String] {
    var broken: [String] = []
    for index in tasks.indices where tasks[TaskID(index)].state != .dead {
      var child = tasks[TaskID(index)].firstChild
      while child != .idle {
        if tasks[child].parent != TaskID(index) {
          broken.append("a child of pid \(tasks[TaskID(index)].pid) has another parent")
        }
        child = tasks[child].nextSibling
      }
    }
    return broken
  }
}
