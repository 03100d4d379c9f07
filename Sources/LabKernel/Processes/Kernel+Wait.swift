extension Kernel {
  /// wait4(2): returns the pid of the oldest child that has ended, and stores its status, four bytes, at an address.
  ///
  /// - Parameters:
  ///   - pid: the child to wait for, or -1 for any.
  ///   - status: where to store the status; with 0 it is not stored.
  ///   - options: must be 0.
  ///   - usage: must be 0.
  /// - Throws: `ECHILD` if there is no such child, `EFAULT` for a bad address (the child is reaped all the same),
  ///   `EINVAL` for options.
  /// - Complexity: O(children).
  /// - Source: Linux, kernel/exit.c, `kernel_wait4()` and `do_wait()`.
  /// - Simplified: no process groups, no options, and no account of the resources that the child has used.
  mutating func waitForChild(
    _ parent: TaskID, pid: Int, status address: Int, options: Int, usage: Int
  ) throws(Errno) -> CallAnswer {
    guard options == 0, usage == 0, pid == -1 || pid > 0 else { throw .EINVAL }
    var isThere = false
    var previous = TaskID.idle
    var child = tasks[parent].firstChild
    while child != .idle {
      let isWanted = pid == -1 || tasks[child].pid == pid
      isThere = isThere || isWanted
      if isWanted, case .zombie(let status) = tasks[child].state {
        unlink(child, after: previous, from: parent)
        let pid = tasks[child].pid
        reap(child)
        if address != 0 { try putUser(parent, status.waitStatus, .int, at: address) }
        return .value(Int(pid))
      }
      previous = child
      child = tasks[child].nextSibling
    }
    guard isThere else { throw .ECHILD }
    if tasks[parent].childExit == .none { tasks[parent].childExit = makeQueue(of: .children(of: parent)) }
    return .sleep(on: tasks[parent].childExit)
  }

  /// Takes `child` out of the list of `parent`'s children; `previous` is the one before it, or idle.
  private mutating func unlink(_ child: TaskID, after previous: TaskID, from parent: TaskID) {
    let next = tasks[child].nextSibling
    if previous == .idle { tasks[parent].firstChild = next } else { tasks[previous].nextSibling = next }
    if tasks[parent].lastChild == child { tasks[parent].lastChild = previous }
    tasks[child].nextSibling = .idle
  }
}
