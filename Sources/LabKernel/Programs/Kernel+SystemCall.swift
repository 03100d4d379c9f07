extension Kernel {
  /// Charges the task on `cpu` for the time since it was last charged, and returns how long that is.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `update_curr()`.
  mutating func charge(_ cpu: CPUID) -> Duration {
    guard !isSwitching(cpu) else { return .zero }
    let elapsed = now - cpus[cpu.index].since
    cpus[cpu.index].since = now
    cpus[cpu.index].busy += elapsed
    tasks[cpus[cpu.index].current].accounting.run += elapsed
    return elapsed
  }

  /// Lets the task on `cpu` use `elapsed` time, and continue until it needs more or has to leave the CPU; then `cpu` is
  /// marked to reschedule.
  ///
  /// A task that keeps calling the kernel while no time passes is ended by SIGXCPU.
  mutating func execute(on cpu: CPUID, _ elapsed: Duration) {
    let task = cpus[cpu.index].current
    current = task
    defer { current = .idle }
    var elapsed = elapsed
    for _ in 0..<maximumStandstill {
      standstill += 1
      guard standstill < maximumMachineStandstill else {
        oops = .standstill
        return
      }
      if returnsToWork(task) {
        _ = tasks[task].engine.pass(elapsed)
        elapsed = .zero
        seeToWork(of: task)
        if reschedule.contains(cpu) { return }
      }
      if let thread = tasks[task].engine.thread {
        if tasks[task].engine.pass(elapsed) { return }
        step(thread: task, thread)
        if reschedule.contains(cpu) || tasks[task].engine.left > .zero { return }
        elapsed = .zero
        continue
      }
      let stop = runEngine(of: task, for: elapsed)
      if stop == .budget { return }
      answer(stop, of: task)
      if reschedule.contains(cpu) { return }
      elapsed = .zero
    }
    exitGroup(task, .signaled(.SIGXCPU))
  }

  /// Whether a task has something to see to before it continues its program; a system call that was interrupted while
  /// it slept is first tried again.
  @inline(__always)
  func returnsToWork(_ task: TaskID) -> Bool {
    let work = tasks[task].work
    return !work.isEmpty && (!tasks[task].inSystemCall || !work.isDisjoint(with: [.interrupted, .exiting]))
  }

  /// Does what a task that has stopped needs.
  @inline(__always)
  mutating func answer(_ stop: Stop, of task: TaskID) {
    switch stop {
    case .budget: break
    case .systemCall(let number, let arguments): perform(number, arguments, by: task)
    case .pageFault(let address): handlePageFault(task, at: address)
    case .exception(let signal): exitGroup(task, .signaled(signal))
    case .halt: exitGroup(task, .exited(0))
    }
  }

  @inline(__always)
  private mutating func runEngine(of task: TaskID, for elapsed: Duration) -> Stop {
    if tasks[task].engine.pass(elapsed) { return .budget }
    guard let program = tasks[task].engine.program?.index else { return .halt }
    let map = tasks[task].memory
    let times = configuration.instructionTimes
    guard map != .none else {
      var nothing: MemoryMap?
      return tasks[task].engine.run(
        code: programs[program], memory: &nothing, times: times)
    }
    return tasks[task].engine.run(
      code: programs[program], memory: &memory.maps[map], times: times)
  }

  /// Carries out a system call, and leaves its result with the caller.
  ///
  /// A call that has to wait puts the caller to sleep and is made again when the caller next runs.
  /// - Source: Linux, arch/riscv/kernel/traps.c, `do_trap_ecall_u()`; a number without a call is `ENOSYS`.
  private mutating func perform(_ number: SystemCallNumber, _ arguments: SystemCallArguments, by task: TaskID) {
    if !tasks[task].inSystemCall { logEntry(number, arguments, by: task) }
    tasks[task].inSystemCall = true
    if tasks[task].wakeReason == .signal, tasks[task].callProgress == 0, tasks[task].work.contains(.signal) {
      return interrupt(call: task)
    }
    let answer: CallAnswer
    do throws(Errno) {
      if let early = try interrupted(task) {
        answer = early
      } else {
        answer = try carryOut(number, arguments, by: task)
      }
    } catch {
      answer = .value(-error.rawValue)
    }
    switch answer {
    case .value(let value): finish(number, by: task, value)
    case .sleep(let queue, let end, let state): sleep(task, inCallOn: queue, until: end, as: state)
    case .noReturn: break
    }
  }

  /// Puts the caller to sleep, unless a signal that would end its sleep is pending.
  ///
  /// A call that is made again after an interruption keeps the instant at which its time is up.
  /// - Source: Linux, kernel/sched/wait.c, `prepare_to_wait_event()`, checks `signal_pending_state()`.
  private mutating func sleep(_ task: TaskID, inCallOn queue: WaitQueueID, until end: Instant?, as state: TaskState) {
    if tasks[task].work.contains(.signal), endsSleep(of: task, state) { return interrupt(call: task) }
    tasks[task].engine.restartSystemCall()
    if tasks[task].deadline == nil { tasks[task].deadline = end }
    sleep(task, on: queue, until: tasks[task].deadline, as: state)
  }

  /// Whether a task may not fall asleep in this state, because a signal would wake it at once.
  ///
  /// - Source: Linux, include/linux/sched/signal.h, `signal_pending_state()`.
  private func endsSleep(of task: TaskID, _ state: TaskState) -> Bool {
    switch state {
    case .interruptible: hasSignal(task)
    case .killable: groups[tasks[task].group].groupExit != nil
    case .runnable, .running, .uninterruptible, .stopped, .zombie, .dead: false
    }
  }

  /// Has the caller see to its signals; if it goes on after that, it makes the call again.
  ///
  /// - Source: Linux, `ERESTARTSYS` and `ERESTARTNOHAND`, include/linux/errno.h.
  private mutating func interrupt(call task: TaskID) {
    tasks[task].engine.restartSystemCall()
    tasks[task].work.insert([.interrupted, .signal])
  }

  /// The answer to a call whose sleep a signal has ended: what it has moved so far, if anything.
  ///
  /// - Throws: `EINTR` if it has moved nothing.
  /// - Source: Linux, kernel/signal.c, `ERESTARTSYS` without `SA_RESTART`.
  private func interrupted(_ task: TaskID) throws(Errno) -> CallAnswer? {
    guard tasks[task].wakeReason == .signal else { return nil }
    guard tasks[task].callProgress > 0 else { throw .EINTR }
    return .value(tasks[task].callProgress)
  }

  private mutating func carryOut(
    _ number: SystemCallNumber, _ arguments: SystemCallArguments, by task: TaskID
  ) throws(Errno) -> CallAnswer {
    let index = Int(number.rawValue)
    guard SystemCall.handlers.indices.contains(index), let handler = SystemCall.handlers[index] else { throw .ENOSYS }
    return try handler(&self, task, arguments)
  }

  private mutating func finish(_ number: SystemCallNumber, by task: TaskID, _ value: Int) {
    tasks[task].inSystemCall = false
    tasks[task].callProgress = 0
    tasks[task].wakeReason = nil
    tasks[task].deadline = nil
    tasks[task].engine.setResult(value)
    log(tasks[task].cpu, .sysExit(tasks[task].pid, number, result: value))
  }

  private mutating func logEntry(_ number: SystemCallNumber, _ arguments: SystemCallArguments, by task: TaskID) {
    guard trace.isOn else { return }
    trace.append(now, tasks[task].cpu, .sysEnter(tasks[task].pid, number))
    trace.append(arguments)
  }
}
