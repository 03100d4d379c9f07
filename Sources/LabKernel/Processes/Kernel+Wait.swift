extension Kernel {
  /// waitpid(2) for any child: the pid of the oldest that has ended in r0, and its wait status in r1.
  ///
  /// - Throws: `ECHILD` where there is no child to wait for.
  /// - Source: Linux, kernel/exit.c, `do_wait()`.
  mutating func waitForChild(_ parent: TaskID) throws(Errno) -> CallAnswer {
    guard tasks[parent].firstChild != .idle else { throw .ECHILD }
    var previous = TaskID.idle
    var child = tasks[parent].firstChild
    while child != .idle {
      if case .zombie(let status) = tasks[child].state {
        unlink(child, after: previous, from: parent)
        tasks[parent].engine.registers[.r1] = status.waitStatus
        let pid = tasks[child].pid
        reap(child)
        return .value(Int(pid))
      }
      previous = child
      child = tasks[child].nextSibling
    }
    return .sleep(.childExit)
  }

  /// Takes `child` out of the list of `parent`'s children; `previous` is the one before it, or idle.
  private mutating func unlink(_ child: TaskID, after previous: TaskID, from parent: TaskID) {
    let next = tasks[child].nextSibling
    if previous == .idle { tasks[parent].firstChild = next } else { tasks[previous].nextSibling = next }
    if tasks[parent].lastChild == child { tasks[parent].lastChild = previous }
    tasks[child].nextSibling = .idle
  }
}
