extension Kernel {
  /// Charges the task on `cpu` for the time since it was last charged, and returns how long that is.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `update_curr()`.
  mutating func charge(_ cpu: CPUID) -> Duration {
    let elapsed = now - cpus[cpu.index].since
    cpus[cpu.index].since = now
    cpus[cpu.index].busy += elapsed
    tasks[cpus[cpu.index].current].accounting.run += elapsed
    return elapsed
  }

  /// Lets the task on `cpu` do what it does in `elapsed` time, and go on until it needs more, or has
  /// to leave the CPU; then `cpu` is marked to choose anew.
  ///
  /// A task that calls the kernel again and again while no time passes is ended by SIGXCPU.
  mutating func execute(on cpu: CPUID, _ elapsed: Duration) {
    let task = cpus[cpu.index].current
    var elapsed = elapsed
    for _ in 0..<maximumStandstill {
      standstill += 1
      guard standstill < maximumMachineStandstill else {
        oops = .standstill
        return
      }
      switch runEngine(of: task, for: elapsed) {
      case .budget: return
      case .systemCall(let call): perform(call, by: task)
      case .exception(let signal): exit(task, .signaled(signal))
      case .halt: exit(task, .exited(0))
      }
      if reschedule.contains(cpu) { return }
      elapsed = .zero
    }
    exit(task, .signaled(.SIGXCPU))
  }

  @inline(__always)
  private mutating func runEngine(of task: TaskID, for elapsed: Duration) -> Stop {
    let program = tasks[task].engine.program.index
    let memory = tasks[task].memory
    let instructionTime = configuration.instructionTime
    guard memory != .none else {
      var nothing: AddressSpace?
      return tasks[task].engine.run(
        for: elapsed, code: programs[program], memory: &nothing, instructionTime: instructionTime)
    }
    return tasks[task].engine.run(
      for: elapsed, code: programs[program], memory: &addressSpaces[memory.raw], instructionTime: instructionTime)
  }

  /// Carries out a system call, and leaves its result in the caller's registers.
  ///
  /// A call that has to wait puts the caller to sleep and is made again when it next runs.
  private mutating func perform(_ call: SystemCall, by task: TaskID) {
    let isNew = !tasks[task].inSystemCall
    if isNew { log(tasks[task].cpu, .sysEnter(tasks[task].pid, call.name)) }
    tasks[task].inSystemCall = true
    let answer: CallAnswer
    do throws(Errno) {
      answer = try carryOut(call, by: task)
    } catch {
      answer = .value(-error.number)
    }
    switch answer {
    case .value(let value):
      finish(call, by: task, value)
    case .sleep(let reason):
      tasks[task].engine.restartSystemCall()
      deactivate(task, as: .interruptible(reason))
    case .noReturn:
      break
    }
  }

  private mutating func finish(_ call: SystemCall, by task: TaskID, _ value: Int) {
    tasks[task].inSystemCall = false
    tasks[task].callProgress = 0
    tasks[task].engine.registers[.r0] = value
    log(tasks[task].cpu, .sysExit(tasks[task].pid, call.name, result: value))
  }

  private mutating func carryOut(_ call: SystemCall, by task: TaskID) throws(Errno) -> CallAnswer {
    switch call {
    case .fork: .value(Int(try fork(task)))
    case .exit(let code): exit(task, .exited(code))
    case .wait: try waitForChild(task)
    case .nanosleep(let duration): try nanosleep(task, duration)
    case .yield: yield(task)
    case .getpid: .value(Int(tasks[task].pid))
    case .setScheduler(let policy, let priority, let pid): try changeScheduler(task, policy, priority, pid)
    case .getPriority: .value(currentPriority(of: task))
    case .lock(let mutex, let timeout): try lock(task, mutex, timeout: timeout)
    case .tryLock(let mutex): try tryLock(task, mutex)
    case .unlock(let mutex): try unlock(task, mutex)
    case .pipe(let read, let write): try pipe(task, read, write)
    case .read(let descriptor, let count): try read(task, descriptor, count)
    case .write(let descriptor, let source): try write(task, descriptor, source)
    case .close(let descriptor): try close(task, descriptor)
    case .setNonblocking(let descriptor): try setNonblocking(task, descriptor)
    case .printNumber(let number): print(task, Array(String(number).utf8)[...])
    }
  }

  /// nanosleep(2).
  ///
  /// - Throws: `EINVAL` for less than no time.
  private mutating func nanosleep(_ task: TaskID, _ duration: Duration) throws(Errno) -> CallAnswer {
    guard duration >= .zero else { throw .EINVAL }
    if tasks[task].callProgress > 0 { return .value(0) }
    tasks[task].callProgress = 1
    tasks[task].sleepNumber &+= 1
    events.post(.timer(task, sleep: tasks[task].sleepNumber), at: now + duration)
    return .sleep(.timer)
  }

  private mutating func yield(_ task: TaskID) -> CallAnswer {
    let cpu = tasks[task].cpu
    cpus[cpu.index].runQueue.yield(task, in: &tasks)
    reschedule.insert(cpu)
    return .value(0)
  }

  /// sched_setscheduler(2).
  ///
  /// - Throws: `ESRCH` where no task that lives has this pid.
  private mutating func changeScheduler(
    _ caller: TaskID, _ policy: SchedulingPolicy, _ priority: Int, _ pid: Int
  ) throws(Errno) -> CallAnswer {
    let named = tasks.indices.dropFirst(2).map { TaskID($0) }.first { tasks[$0].pid == pid && tasks[$0].isAlive }
    guard let task = pid == 0 ? caller : named else { throw .ESRCH }
    try setScheduler(task, policy, priority: priority)
    return .value(0)
  }

  /// sched_getparam(2): the real-time priority, 0 for none.
  ///
  /// - Simplified: an inherited priority is told. Linux shows that one in the 18th field of `/proc/PID/stat` alone.
  private func currentPriority(of task: TaskID) -> Int {
    max(0, realtimePriorityLevels - 1 - tasks[task].scheduling.priority)
  }
}

/// What a system call's handler answers.
enum CallAnswer: Sendable, Equatable {
  /// The call is over; this is its result.
  case value(Int)
  /// The caller sleeps until this, and tries again.
  case sleep(WaitReason)
  /// The caller will not see a result.
  case noReturn
}
