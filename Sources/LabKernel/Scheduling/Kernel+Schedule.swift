extension Kernel {
  /// Gives `cpu` to the task that should have it, and runs that task until it has something to do that takes time.
  ///
  /// A task that has already run up to this instant, and has to leave, does not continue before it is chosen again.
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
      if !isSwitching(cpu) { execute(on: cpu, .zero) }
    } while reschedule.contains(cpu)
    announce(cpu)
  }

  /// The choice of the scheduling classes; idle if no task is runnable; nil if a class broke its contract.
  private mutating func pickNext(_ cpu: CPUID) -> TaskID? {
    let waiting = cpus[cpu.index].runQueue.count
    guard waiting > 0 else { return .idle }
    guard let next = cpus[cpu.index].runQueue.pickNext(in: &scheduling) else {
      oops = .pickedNoTask(cpu: cpu, waiting: waiting)
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
  /// A task that went to sleep and was woken at the same instant, before it had left the CPU, simply continues.
  /// - Source: Linux, kernel/sched/core.c, `context_switch()`.
  private mutating func switchContext(_ cpu: CPUID, to next: TaskID) {
    let previous = cpus[cpu.index].current
    guard previous != next else {
      if tasks[next].state == .runnable { tasks[next].state = .running(cpu) }
      return
    }
    switches += 1
    if tasks[previous].state == .running(cpu) { tasks[previous].waitForCPU(from: now) }
    let departure = previous == .idle ? .runnable : tasks[previous].state.departure
    log(cpu, .schedSwitch(previous: tasks[previous].pid, state: departure, next: tasks[next].pid))
    cpus[cpu.index].runQueue.run(next, from: now)
    let isFree = max(now, cpus[cpu.index].since)
    cpus[cpu.index].since = next == .idle ? now : isFree + configuration.switchTime
    if next != .idle { tasks[next].run(on: cpu, from: now) }
  }

  /// Whether a CPU is still switching to its current task.
  func isSwitching(_ cpu: CPUID) -> Bool { cpus[cpu.index].since > now }

  /// Puts a task into the run queue of its CPU, for a reason, and asks whether it should run at once.
  ///
  /// - Source: Linux, kernel/sched/core.c, `activate_task()` and `wakeup_preempt()`.
  mutating func activate(_ task: TaskID, _ why: EnqueueReason) {
    let cpu = tasks[task].cpu
    tasks[task].waitForCPU(from: now)
    cpus[cpu.index].runQueue.enqueue(task, why, at: .tail, in: &scheduling)
    if cpus[cpu.index].runQueue.preempts(task, in: &scheduling) { reschedule.insert(cpu) }
  }

  /// Takes a running task off its CPU: it has gone to sleep or ended.
  mutating func deactivate(_ task: TaskID, as state: TaskState) {
    let cpu = tasks[task].cpu
    cpus[cpu.index].runQueue.dequeue(task, in: &scheduling)
    tasks[task].state = state
    reschedule.insert(cpu)
  }

  /// The CPU for a task that wakes up: its last one if that is idle, else the first idle one, else its last one.
  ///
  /// A task that has not left its CPU yet stays there.
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

  /// The CPU for a new task: the first of those with the fewest runnable tasks.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `sched_balance_find_dst_cpu()`, much reduced.
  func leastLoadedCPU() -> CPUID {
    var best = 0
    for index in cpus.indices where cpus[index].runQueue.count < cpus[best].runQueue.count { best = index }
    return CPUID(best)
  }

  /// Changes how `task` is scheduled.
  ///
  /// A task that becomes more urgent goes behind its new equals, and a task that becomes less urgent before them; a
  /// task whose priority stays the same keeps its place. A priority inherited through a mutex is kept: the mutex
  /// protocol decides.
  /// - Source: Linux, kernel/sched/syscalls.c, `__sched_setscheduler()`; sched(7), "SCHED_FIFO", rule 3.
  mutating func setScheduler(
    _ task: TaskID, _ policy: SchedulingPolicy, priority: Int, nice: Int? = nil
  ) throws(Errno) {
    guard policy.realtimePriorities.contains(priority) else { throw .EINVAL }
    let old = scheduling[task]
    let cpu = tasks[task].cpu
    let nice = nice ?? old.nice
    guard policy != old.policy || priority != old.realtimePriority || nice != old.nice else {
      return log(cpu, .schedSetScheduler(tasks[task].pid, policy, priority: Int16(old.priority)))
    }
    var asked = old
    (asked.policy, asked.realtimePriority, asked.nice) = (policy, priority, nice)
    let staysLent = old.priority < old.normalPriority && old.priority <= asked.normalPriority
    let isQueued = tasks[task].state.isRunnable && !staysLent
    if isQueued { cpus[cpu.index].runQueue.dequeue(task, in: &scheduling) }
    scheduling[task].policy = policy
    scheduling[task].realtimePriority = priority
    scheduling[task].nice = nice
    scheduling[task].fullTimeSlice = configuration.timeSlice(of: policy)
    if policy != old.policy { scheduling[task].timeSlice = scheduling[task].fullTimeSlice }
    locks.mutexes.normalPriorityChanged(of: task, in: &scheduling.entities)
    let others = scheduling.entities.takeDisplaced().filter { $0.task != task }
    let new = scheduling[task].priority
    if isQueued {
      cpus[cpu.index].runQueue.enqueue(task, .changed, at: new < old.priority ? .tail : .head, in: &scheduling)
    }
    log(cpu, .schedSetScheduler(tasks[task].pid, policy, priority: Int16(new)))
    reschedule.insert(cpu)
    for displaced in others { requeue(displaced) }
  }
}

extension Kernel {
  /// The class of a rank on each CPU, so that others can be wrapped around them; set only while no task is enqueued.
  package subscript(_ rank: SchedulingRank) -> [any SchedulingClass] {
    get { cpus.map { $0.runQueue[rank] } }
    set { for cpu in cpus.indices { cpus[cpu].runQueue[rank] = newValue[cpu] } }
  }
}

extension Task {
  /// Makes the task wait for a CPU from now on.
  fileprivate mutating func waitForCPU(from now: Instant) {
    state = .runnable
    accounting.runnableSince = now
  }

  /// Gives the task a CPU from now on.
  fileprivate mutating func run(on cpu: CPUID, from now: Instant) {
    state = .running(cpu)
    accounting.wait += now - accounting.runnableSince
    accounting.switches &+= 1
    if accounting.firstRan == nil { accounting.firstRan = now }
  }
}

extension TaskState {
  /// Whether the task may be chosen to run.
  var isRunnable: Bool {
    switch self {
    case .runnable, .running: true
    case .interruptible, .uninterruptible, .killable, .stopped, .zombie, .dead: false
    }
  }

  /// How a task in this state has left its CPU.
  var departure: TraceEvent.Departure {
    switch self {
    case .runnable, .running: .runnable
    case .interruptible: .sleeping
    case .uninterruptible, .killable: .uninterruptible
    case .stopped: .stopped
    case .zombie, .dead: .ended
    }
  }
}
