/// What the first word of setpriority(2) says that the second names.
///
/// - Source: Linux, include/uapi/linux/resource.h.
public enum PriorityTarget: Int, NamedNumber {
  /// A process.
  case PRIO_PROCESS = 0
  /// A process group.
  case PRIO_PGRP = 1
  /// Everything that runs for a user.
  case PRIO_USER = 2
}

/// Whose usage getrusage(2) tells.
///
/// - Source: Linux, include/uapi/linux/resource.h.
public enum UsageTarget: Int, NamedNumber {
  /// That of the children that have been waited for.
  case RUSAGE_CHILDREN = -1
  /// That of the caller's process.
  case RUSAGE_SELF = 0
  /// That of the calling thread.
  case RUSAGE_THREAD = 1
}

extension SystemCall {
  /// The system calls of nice values and of accounts, and those that ask about policies.
  static let priorityCalls = [
    SystemCall(118, "sched_setparam", [.pid, .address], "changes the real-time priority of a task") {
      (kernel, task, words) throws(Errno) in
      try kernel.changePriority(task, pid: words[0], parameters: words[1])
    },
    SystemCall(120, "sched_getscheduler", [.pid], optional: 1, "tells the policy of a task") {
      (kernel, task, words) throws(Errno) in
      .value(kernel.scheduling[try kernel.scheduled(words[0], task)].policy.value)
    },
    SystemCall(125, "sched_get_priority_max", [.operation], "tells the highest priority of a policy") {
      (_, _, words) throws(Errno) in
      .value(try SchedulingPolicy.priorities(ofPolicy: words[0]).upperBound)
    },
    SystemCall(126, "sched_get_priority_min", [.operation], "tells the lowest priority of a policy") {
      (_, _, words) throws(Errno) in
      .value(try SchedulingPolicy.priorities(ofPolicy: words[0]).lowerBound)
    },
    SystemCall(140, "setpriority", [.operation, .pid, .value], "changes the nice value of tasks") {
      (kernel, task, words) throws(Errno) in
      try kernel.setNice(task, words[0], words[1], words[2])
    },
    SystemCall(141, "getpriority", [.operation, .pid], "tells 20 minus the least nice value of tasks") {
      (kernel, task, words) throws(Errno) in
      let nice = try kernel.targets(words[0], words[1], task).map { kernel.scheduling[$0].nice }.min()
      return .value(20 - (nice ?? 0))
    },
    SystemCall(153, "times", [.address], "stores how long the process and its children ran; tells the time in ticks") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeTimes(task, at: words[0])
    },
    SystemCall(165, "getrusage", [.operation, .address], "stores how long a process, its children or a thread ran") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeUsage(task, of: words[0], at: words[1])
    },
  ]
}

extension SchedulingPolicy {
  /// The priorities of a policy; also of those that this kernel does not have, SCHED_BATCH and SCHED_IDLE.
  ///
  /// - Throws: `EINVAL` for an unknown policy.
  /// - Source: Linux, kernel/sched/syscalls.c, `SYSCALL_DEFINE1(sched_get_priority_max, …)`.
  fileprivate static func priorities(ofPolicy number: Int) throws(Errno) -> ClosedRange<Int> {
    if let policy = allCases.first(where: { $0.value == number }) { return policy.realtimePriorities }
    guard number == 3 || number == 5 || number == 6 else { throw .EINVAL }
    return 0...0
  }
}

extension Kernel {
  /// Refuses a change of policy or priority that the caller may not make.
  ///
  /// - Throws: `EPERM`.
  /// - Source: Linux, kernel/sched/syscalls.c, `user_check_sched_setscheduler()`.
  func checkReschedule(of task: TaskID, by caller: TaskID, makesRealtime: Bool) throws(Errno) {
    let mine = tasks[caller].credentials
    guard mine.mayReschedule(tasks[task].credentials), mine.isRoot || !makesRealtime else { throw .EPERM }
  }

  /// sched_setparam(2).
  ///
  /// - Throws: `EINVAL` for a priority that the policy does not have, `ESRCH`, `EPERM`, `EFAULT`.
  /// - Source: Linux, kernel/sched/syscalls.c, `SYSCALL_DEFINE2(sched_setparam, …)`.
  fileprivate mutating func changePriority(
    _ caller: TaskID, pid: Int, parameters: Int
  ) throws(Errno) -> CallAnswer {
    guard parameters != 0, pid >= 0 else { throw .EINVAL }
    let priority = try getUser(caller, .int, at: parameters)
    let task = try scheduled(pid, caller)
    let policy = scheduling[task].policy
    guard policy.realtimePriorities.contains(priority) else { throw .EINVAL }
    try checkReschedule(of: task, by: caller, makesRealtime: policy.isRealtime)
    try setScheduler(task, policy, priority: priority)
    return .value(0)
  }

  /// The tasks that the words of setpriority(2) name.
  ///
  /// - Throws: `EINVAL` for an unknown kind, `ESRCH` for none.
  /// - Source: Linux, kernel/sys.c, `SYSCALL_DEFINE3(setpriority, …)`.
  fileprivate func targets(_ target: Int, _ id: Int, _ caller: TaskID) throws(Errno) -> [TaskID] {
    let all: [TaskID]
    switch PriorityTarget(rawValue: target) {
    case .PRIO_PROCESS: all = id == 0 ? [caller] : pids.task(id, in: namespace(of: caller)).map { [$0] } ?? []
    case .PRIO_PGRP:
      let mine = groups[tasks[caller].group].processGroup
      let group = id == 0 ? mine : pids.allocator.find(id, in: namespace(of: caller))
      all = group.map { members(of: $0).flatMap(threads) } ?? []
    case .PRIO_USER:
      let user = id == 0 ? Int(tasks[caller].credentials.user) : id
      all = processes.flatMap { threads(of: tasks[$0].group) }.filter { Int(tasks[$0].credentials.user) == user }
    case nil: throw .EINVAL
    }
    guard !all.isEmpty else { throw .ESRCH }
    return all
  }

  /// setpriority(2): a nice value beyond -20 … 19 is taken for the nearest of these.
  ///
  /// - Throws: `EINVAL` for an unknown kind; `ESRCH` if there is no such task; `EPERM` for a task of another user;
  ///   `EACCES` to make a task less nice without being root.
  /// - Source: Linux, kernel/sys.c, `set_one_prio()`.
  fileprivate mutating func setNice(
    _ caller: TaskID, _ target: Int, _ id: Int, _ nice: Int
  ) throws(Errno) -> CallAnswer {
    let nice = min(max(nice, -20), 19)
    var refusal: Errno?
    for task in try targets(target, id, caller) {
      if !tasks[caller].credentials.mayReschedule(tasks[task].credentials) {
        refusal = .EPERM
      } else if nice < scheduling[task].nice, !tasks[caller].credentials.isRoot {
        refusal = .EACCES
      } else {
        let entity = scheduling[task]
        try setScheduler(task, entity.policy, priority: entity.realtimePriority, nice: nice)
      }
    }
    if let refusal { throw refusal }
    return .value(0)
  }

  /// How long the threads of a process ran, without its children.
  private func run(of group: ThreadGroupID) -> Duration {
    threads(of: group).reduce(groups[group].threadsRun) { $0 + tasks[$1].accounting.run }
  }

  /// times(2): stores four words, in ticks of 10 ms: the time of the process in user space and in the kernel, and that
  /// of its children.
  ///
  /// - Returns: the time since the start, in such ticks.
  /// - Throws: `EFAULT` for a bad address.
  /// - Source: Linux, kernel/sys.c, `do_sys_times()`; `USER_HZ` is 100.
  /// - Simplified: all time counts as time in user space.
  fileprivate mutating func storeTimes(_ task: TaskID, at address: Int) throws(Errno) -> CallAnswer {
    let tick: Int64 = 10_000_000
    let group = tasks[task].group
    let words = [run(of: group), .zero, groups[group].childrenRun, .zero]
    if address != 0 {
      for (index, time) in words.enumerated() {
        try putUser(task, Int(time.nanoseconds / tick), .word, at: address &+ 8 * index)
      }
    }
    return .value(Int(now.nanoseconds / tick))
  }

  /// getrusage(2).
  ///
  /// - Throws: `EINVAL` for an unknown kind, `EFAULT` for a bad address.
  /// - Source: Linux, kernel/sys.c, `getrusage()`.
  fileprivate mutating func storeUsage(_ task: TaskID, of target: Int, at address: Int) throws(Errno) -> CallAnswer {
    let group = tasks[task].group
    switch UsageTarget(rawValue: target) {
    case .RUSAGE_SELF: try storeUsage(run(of: group), for: task, at: address)
    case .RUSAGE_CHILDREN: try storeUsage(groups[group].childrenRun, for: task, at: address)
    case .RUSAGE_THREAD: try storeUsage(tasks[task].accounting.run, for: task, at: address)
    case nil: throw .EINVAL
    }
    return .value(0)
  }
}
