extension SystemCall {
  /// The system calls that deal with the CPU and with time.
  static let schedulingCalls = [
    SystemCall(
      101, "nanosleep", [.time, .address], optional: 1, sleeps: true, "sleeps for so long"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.nanosleep(task, request: words[0])
    },
    SystemCall(
      119, "sched_setscheduler", [.pid, .operation, .address], "changes the policy and priority of a task"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.changeScheduler(task, pid: words[0], policy: words[1], parameters: words[2])
    },
    SystemCall(
      121, "sched_getparam", [.pid, .address], "stores the real-time priority of a task"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.storePriority(task, pid: words[0], at: words[1])
    },
    SystemCall(124, "sched_yield", [], "gives up the rest of the turn") { kernel, task, _ in
      kernel.yield(task)
    },
  ]
}

extension SystemCallNumber {
  /// sched_yield(2), which changes the order of a run queue and nothing else.
  public static let sched_yield: SystemCallNumber = "sched_yield"
}

extension Kernel {
  /// nanosleep(2).
  ///
  /// - Parameter request: the address of a `struct timespec`.
  /// - Throws: `EFAULT` for a bad address, `EINVAL` for an invalid time.
  /// - Source: Linux, kernel/time/hrtimer.c, `hrtimer_nanosleep()`.
  /// - Simplified: the time that is left after an interruption is not stored.
  mutating func nanosleep(_ task: TaskID, request: Int) throws(Errno) -> CallAnswer {
    if tasks[task].wakeReason != nil { return .value(0) }
    return .sleep(on: .none, until: now + (try getTime(task, at: request)))
  }

  /// sched_yield(2).
  ///
  /// - Source: Linux, kernel/sched/syscalls.c, `do_sched_yield()`.
  mutating func yield(_ task: TaskID) -> CallAnswer {
    let cpu = tasks[task].cpu
    cpus[cpu.index].runQueue.yield(in: &scheduling)
    reschedule.insert(cpu)
    return .value(0)
  }

  /// sched_setscheduler(2).
  ///
  /// - Parameter parameters: the address of a `struct sched_param`: the priority, four bytes.
  /// - Throws: `EINVAL` for a negative number or the address 0, `EFAULT` for a bad address, `ESRCH` if no task has this
  ///   pid, `EINVAL` for an unknown policy or priority, `EPERM` without the right; the first of these that holds.
  /// - Source: Linux, kernel/sched/syscalls.c, `do_sched_setscheduler()`.
  mutating func changeScheduler(
    _ caller: TaskID, pid: Int, policy: Int, parameters: Int
  ) throws(Errno) -> CallAnswer {
    guard policy >= 0, parameters != 0, pid >= 0 else { throw .EINVAL }
    let priority = try getUser(caller, .int, at: parameters)
    let task = try scheduled(pid, caller)
    guard let policy = SchedulingPolicy.allCases.first(where: { $0.value == policy }) else { throw .EINVAL }
    guard policy.realtimePriorities.contains(priority) else { throw .EINVAL }
    try checkReschedule(of: task, by: caller, makesRealtime: policy.isRealtime)
    try setScheduler(task, policy, priority: priority)
    return .value(0)
  }

  /// sched_getparam(2): stores the real-time priority, 0 for none.
  ///
  /// - Throws: `EINVAL` for a negative pid or the address 0, `ESRCH` if no task has this pid, `EFAULT` for a bad address.
  /// - Source: Linux, kernel/sched/syscalls.c, `sched_getparam()`.
  /// - Simplified: an inherited priority is included. Linux shows it only in the 18th field of `/proc/PID/stat`.
  mutating func storePriority(_ caller: TaskID, pid: Int, at address: Int) throws(Errno) -> CallAnswer {
    guard address != 0 else { throw .EINVAL }
    let task = try scheduled(pid, caller)
    try putUser(caller, scheduling[task].effectiveRealtimePriority, .int, at: address)
    return .value(0)
  }

  /// The task that a call names, even if it has ended but is not reaped; 0 is the caller.
  ///
  /// - Throws: `EINVAL` for a negative number, `ESRCH` if no task has it.
  /// - Source: Linux, kernel/sched/syscalls.c, `find_process_by_pid()`.
  func scheduled(_ pid: Int, _ caller: TaskID) throws(Errno) -> TaskID {
    guard pid >= 0 else { throw .EINVAL }
    if pid == 0 { return caller }
    guard let task = pids.task(pid, in: namespace(of: caller)) else { throw .ESRCH }
    return task
  }
}
