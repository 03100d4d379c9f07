extension Kernel {
  /// Gives `cpu` to the task that should have it, until that task has something to do that takes time.
  ///
  /// A task that has come this far at this instant, and has to leave, does not go on before it is asked again.
  /// - Source: Linux, kernel/sched/core.c, `__schedule()`.
  mutating func schedule(_ cpu: CPUID) {
    if cpus[cpu.index].since < now { settle(cpu) }
    repeat {
      reschedule.remove(cpu)
      guard let next = pickNext(cpu) else { return }
      switchContext(cpu, to: next)
      guard next != .idle else {
        cpus[cpu.index].epoch &+= 1
        return
      }
      execute(on: cpu, .zero)
    } while reschedule.contains(cpu)
    announce(cpu)
  }

  /// The choice of the scheduling classes; idle where nobody is runnable; nil where a class broke its contract.
  private mutating func pickNext(_ cpu: CPUID) -> TaskID? {
    let waiting = cpus[cpu.index].runQueue.count
    guard waiting > 0 else { return .idle }
    guard let next = cpus[cpu.index].runQueue.pickNext(in: &tasks) else {
      oops = .pickedNobody(cpu: cpu, waiting: waiting)
      return nil
    }
    guard tasks.contains(next), next.raw > 1, tasks[next].cpu == cpu, tasks[next].state.isRunnable else {
      oops = .pickedWrongTask(cpu: cpu, next)
      return nil
    }
    return next
  }

  /// Takes the CPU from the task that has it and gives it to `next`.
  ///
  /// A task that went to sleep, and was woken at the same instant before it had left, just goes on.
  /// - Source: Linux, kernel/sched/core.c, `context_switch()`.
  private mutating func switchContext(_ cpu: CPUID, to next: TaskID) {
    let previous = cpus[cpu.index].current
    guard previous != next else {
      if tasks[next].state == .runnable { tasks[next].state = .running(cpu) }
      return
    }
    switches += 1
    if tasks[previous].state == .running(cpu) {
      tasks[previous].state = .runnable
      tasks[previous].accounting.runnableSince = now
    }
    let departure = previous == .idle ? .runnable : tasks[previous].state.departure
    log(cpu, .schedSwitch(previous: tasks[previous].pid, state: departure, next: tasks[next].pid))
    cpus[cpu.index].current = next
    cpus[cpu.index].since = now
    if next != .idle { arrive(next, on: cpu) }
  }

  private mutating func arrive(_ task: TaskID, on cpu: CPUID) {
    tasks[task].state = .running(cpu)
    tasks[task].accounting.wait += now - tasks[task].accounting.runnableSince
    tasks[task].accounting.switches &+= 1
    if tasks[task].accounting.firstRan == nil { tasks[task].accounting.firstRan = now }
  }

  /// Puts a task into the run queue of its CPU, and asks whether it should run at once.
  ///
  /// - Source: Linux, kernel/sched/core.c, `activate_task()` and `wakeup_preempt()`.
  mutating func activate(_ task: TaskID) {
    let cpu = tasks[task].cpu
    tasks[task].state = .runnable
    tasks[task].accounting.runnableSince = now
    cpus[cpu.index].runQueue.enqueue(task, at: .tail, in: &tasks)
    let running = cpus[cpu.index].current
    if running == .idle || cpus[cpu.index].runQueue.preempts(task, running, in: tasks) { reschedule.insert(cpu) }
  }

  /// Takes a running task off its CPU: it has gone to sleep, or ended.
  mutating func deactivate(_ task: TaskID, as state: TaskState) {
    let cpu = tasks[task].cpu
    cpus[cpu.index].runQueue.dequeue(task, in: &tasks)
    tasks[task].state = state
    reschedule.insert(cpu)
  }

  /// Where a task that wakes up goes: to the CPU where it was if that is idle, else to one that is, else back.
  ///
  /// Who has not left its CPU yet stays there.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `select_idle_sibling()`, much reduced.
  /// - Simplified: no affinity, no caches, no energy.
  func selectCPU(for task: TaskID) -> CPUID {
    let last = tasks[task].cpu
    if cpus[last.index].current == task { return last }
    if cpus.count == 1 || isIdle(last) { return last }
    for index in cpus.indices where isIdle(CPUID(index)) { return CPUID(index) }
    return last
  }

  private func isIdle(_ cpu: CPUID) -> Bool { cpus[cpu.index].runQueue.count == 0 }

  /// Where a new task goes: to the CPU with the fewest runnable tasks, the first of those.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `sched_balance_find_dst_cpu()`, much reduced.
  func leastLoadedCPU() -> CPUID {
    var best = 0
    for index in cpus.indices where cpus[index].runQueue.count < cpus[best].runQueue.count { best = index }
    return CPUID(best)
  }

  /// Changes how `task` is scheduled.
  ///
  /// Who gets more urgent goes behind its new equals, who gets less urgent before them; who remains as urgent as it was
  /// stays where it is. Who is more urgent because of a mutex remains so: its protocol decides.
  /// - Source: Linux, kernel/sched/syscalls.c, `__sched_setscheduler()`; sched(7), "SCHED_FIFO", rule 3.
  mutating func setScheduler(_ task: TaskID, _ policy: SchedulingPolicy, priority: Int) throws(Errno) {
    let valid = policy.isRealtime ? 1...realtimePriorityLevels - 1 : 0...0
    guard valid.contains(priority) else { throw .EINVAL }
    let old = tasks[task].scheduling
    let cpu = tasks[task].cpu
    guard policy != old.policy || priority != old.realtimePriority else {
      return log(cpu, .schedSetScheduler(tasks[task].pid, policy, priority: Int16(old.priority)))
    }
    var asked = old
    (asked.policy, asked.realtimePriority) = (policy, priority)
    let staysLent = old.priority < old.normalPriority && old.priority <= asked.normalPriority
    let isQueued = tasks[task].state.isRunnable && !staysLent
    if isQueued { cpus[cpu.index].runQueue.dequeue(task, in: &tasks) }
    tasks[task].scheduling.policy = policy
    tasks[task].scheduling.realtimePriority = priority
    let slice = policy == .roundRobin ? configuration.roundRobinTicks : configuration.quantum
    tasks[task].scheduling.fullTimeSlice = slice
    if policy != old.policy { tasks[task].scheduling.timeSlice = slice }
    mutexes.normalPriorityChanged(of: task, in: &tasks)
    let others = tasks.takeDisplaced().filter { $0.task != task }
    let new = tasks[task].scheduling.priority
    if isQueued { cpus[cpu.index].runQueue.enqueue(task, at: new < old.priority ? .tail : .head, in: &tasks) }
    log(cpu, .schedSetScheduler(tasks[task].pid, policy, priority: Int16(new)))
    reschedule.insert(cpu)
    for displaced in others { requeue(displaced) }
  }
}

extension Kernel {
  /// The real-time class of each CPU, to put others around them; changed only while no task is enqueued.
  package var realtimeClasses: [any SchedulingClass] {
    get { cpus.map(\.runQueue.realtime) }
    set { for cpu in cpus.indices { cpus[cpu].runQueue.realtime = newValue[cpu] } }
  }
}

extension TaskState {
  /// Whether the task may be chosen to run.
  var isRunnable: Bool {
    switch self {
    case .runnable, .running: true
    case .interruptible, .zombie, .dead: false
    }
  }

  /// How a task in this state has left its CPU.
  var departure: TraceEvent.Departure {
    switch self {
    case .runnable, .running: .runnable
    case .interruptible: .sleeping
    case .zombie, .dead: .ended
    }
  }
}
