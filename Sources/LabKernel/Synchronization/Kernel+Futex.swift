// futex(2) on a word of a program's own memory: what mutexes, condition variables and semaphores of user space are made
// of. The word means what the program wants it to mean; the kernel only compares it once, before a task sleeps.

extension Kernel {
  /// `FUTEX_WAIT`: sleeps until woken, if the word at an address still is what the caller has seen there.
  ///
  /// Comparing and falling asleep are one step, so no wake-up falls between them.
  /// - Throws: `EFAULT` for a bad address, `EINVAL` for one that is not a multiple of 4, `EAGAIN` if the word is
  ///   another number, `ETIMEDOUT` when the time is up.
  /// - Simplified: only words of the data segment.
  /// - Source: Linux, kernel/futex/waitwake.c, `futex_wait()`.
  mutating func futexWait(_ task: TaskID, at address: Int, value: Int, timeout: Duration?) throws(Errno) -> CallAnswer {
    switch tasks[task].wakeReason {
    case .event?, .signal?: return .value(0)
    case .timeout?:
      futexes.removeEmpty(&waitQueues)
      throw .ETIMEDOUT
    case nil: break
    }
    guard address.isMultiple(of: 4) else { throw .EINVAL }
    let map = tasks[task].memory
    guard map != .none, let word = memory.maps[map]?.load(.int, at: address) else { throw .EFAULT }
    guard word == Int(Int32(truncatingIfNeeded: value)) else { throw .EAGAIN }
    let queue = futexes.queue(at: address, of: map, queues: &waitQueues)
    return .sleep(on: queue, until: timeout.map { now + $0 })
  }

  /// `FUTEX_WAKE`: wakes at most `count` of the tasks that sleep on a word, in order of arrival.
  ///
  /// - Returns: how many it has woken.
  /// - Source: Linux, kernel/futex/waitwake.c, `futex_wake()`.
  mutating func futexWake(_ task: TaskID, at address: Int, count: Int) throws(Errno) -> CallAnswer {
    guard address.isMultiple(of: 4) else { throw .EINVAL }
    guard let queue = futexes.find(address, of: tasks[task].memory) else { return .value(0) }
    var woken = 0
    while woken < count, let next = waitQueues[queue]?.first, next != .idle {
      wakeUp(next)
      woken += 1
    }
    futexes.removeEmpty(&waitQueues)
    return .value(woken)
  }
}
