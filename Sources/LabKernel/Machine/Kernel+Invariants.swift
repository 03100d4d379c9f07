extension Kernel {
  /// Checks whether the kernel's tables agree with each other, and returns the broken rules, in sentences.
  ///
  /// - Complexity: O(tasks + CPUs); for tests and grading.
  public func brokenInvariants() -> [String] {
    let rows = tasks.indices.map { tasks[TaskID($0)] }
    let waiters = rows.compactMap { task -> (task: Task, mutex: MutexID)? in
      guard case .mutex(let mutex) = awaited(by: task.id) else { return nil }
      return (task, mutex)
    }
    return cpuFindings() + taskFindings() + familyFindings() + processFindings() + queueFindings() + eventFindings()
      + scheduling.entities.brokenInvariants() + locks.brokenInvariants(waiters: waiters)
      + files.brokenInvariants() + pipeFindings() + treeFindings()
      + memory.brokenInvariants(users: rows.map(\.memory).filter { $0 != .none })
  }

  private func eventFindings() -> [String] {
    guard let next = events.nextTime, next < now else { return [] }
    return ["an event lies in the past"]
  }

  private func pipeFindings() -> [String] {
    let counts = files.filesByPipe
    let isRight = pipes.used.allSatisfy { counts[$0.handle] == pipes.users(of: $0.handle) }
    return isRight && pipes.used.count == counts.count ? [] : ["a pipe counts more or fewer open files than it has"]
  }

  private func treeFindings() -> [String] {
    let directories = contexts.used.compactMap { context -> InodeID? in
      guard case .inode(let directory) = context.workingDirectory else { return nil }
      return directory
    }
    return tree.brokenInvariants(users: files.openInodes + directories)
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
      if case .zombie = task.state, task.memory != .none || task.files != .none || task.fs != .none {
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
        if sleep.previous != previous || owner(of: sleep.queue) != queue.owner || !tasks[task].state.isAsleep {
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

  private func familyFindings() -> [String] {
    var broken: [String] = []
    for index in tasks.indices where tasks[TaskID(index)].state != .dead {
      var child = tasks[TaskID(index)].firstChild
      while child != .idle {
        if tasks[child].parent != TaskID(index) {
          broken.append("a child of pid \(tasks[TaskID(index)].pid) has another parent")
        }
        let next = tasks[child].nextSibling
        if (next == .idle ? tasks[TaskID(index)].lastChild : tasks[next].previousSibling) != child {
          broken.append("the list of the children of pid \(tasks[TaskID(index)].pid) does not lead back")
        }
        child = next
      }
    }
    return broken
  }

  private func processFindings() -> [String] {
    var broken: [String] = []
    var threads = 0
    for leader in processes {
      let group = groups[tasks[leader].group]
      let mine = self.threads(of: tasks[leader].group)
      threads += mine.count
      if mine.count != Int(group.threads) || mine.filter({ tasks[$0].isAlive }).count != Int(group.living) {
        broken.append("process \(tasks[leader].pid) counts more or fewer threads than it has")
      }
      if mine.contains(where: { tasks[$0].group != tasks[leader].group }) {
        broken.append("a thread of process \(tasks[leader].pid) belongs to another")
      }
      if !members(of: group.processGroup).contains(tasks[leader].group) {
        broken.append("process \(tasks[leader].pid) is not in its process group")
      }
    }
    if threads + 1 != tasks.indices.filter({ tasks[TaskID($0)].state != .dead }).count {
      broken.append("a task belongs to no process")
    }
    return broken
  }
}
