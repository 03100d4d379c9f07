extension Kernel {
  /// Ends a task: it gives back everything but its kernel stack and its row, and is a zombie until its parent waits for
  /// it.
  ///
  /// Wakes the parent if it is waiting for a child.
  /// - Source: Linux, kernel/exit.c, `do_exit()`.
  @discardableResult
  mutating func exit(_ task: TaskID, _ status: ExitStatus) -> CallAnswer {
    releaseMutexes(of: task)
    closeFiles(of: task)
    releaseMemory(of: task)
    reparentChildren(of: task)
    removeQueue(tasks[task].childExit)
    tasks[task].childExit = .none
    deactivate(task, as: .zombie(status))
    tasks[task].accounting.ended = now
    log(tasks[task].cpu, .schedProcessExit(tasks[task].pid, status))
    let parent = tasks[task].parent
    pids.record(
      Obituary(pid: tasks[task].pid, parent: tasks[parent].pid, status: status, accounting: tasks[task].accounting))
    if parent == .initial {
      reap(task)
    } else {
      wakeUp(tasks[parent].childExit)
    }
    return .noReturn
  }

  /// Gives back the last resources of a zombie: its kernel stack and its row.
  ///
  /// - Source: Linux, kernel/exit.c, `release_task()`.
  mutating func reap(_ task: TaskID) {
    log(tasks[task].cpu, .schedProcessFree(tasks[task].pid))
    if let stack = tasks[task].stack { free(stack, order: kernelStackOrder) }
    tasks[task].state = .dead
    tasks.remove(task)
  }

  private mutating func free(_ frame: FrameNumber, order: Int) {
    do throws(FreeError) {
      try memory.pageAllocator.free(frame, order: order)
    } catch {
      oops = .pagesNotTakenBack(frame, order: order, error)
    }
  }

  private mutating func releaseMemory(of task: TaskID) {
    memory.release(tasks[task].memory)
    tasks[task].memory = .none
  }

  /// Gives the children of an ending task to init, which reaps the zombies among them.
  ///
  /// - Source: Linux, kernel/exit.c, `forget_original_parent()`.
  /// - Simplified: no subreapers, and init reaps without ever sleeping.
  private mutating func reparentChildren(of task: TaskID) {
    var child = tasks[task].firstChild
    tasks[task].firstChild = .idle
    tasks[task].lastChild = .idle
    while child != .idle {
      let next = tasks[child].nextSibling
      tasks[child].nextSibling = .idle
      tasks[child].parent = .initial
      if case .zombie = tasks[child].state { reap(child) }
      child = next
    }
  }
}
