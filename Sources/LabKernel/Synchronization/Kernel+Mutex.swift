extension Kernel {
  /// The mutex that programs know by this name, if any program does.
  public func mutex(named name: String) -> MutexID? { locks.mutex(named: name) }

  /// The name that programs give a mutex; empty for an unknown one.
  public func name(of mutex: MutexID) -> String { locks.name(of: mutex) }

  /// The owner of a mutex, or nil if it is free.
  public func owner(of mutex: MutexID) -> TaskID? { locks.mutexes.owner(of: mutex) }

  /// futex(2): on a mutex, for which the word in memory stands, or on a word of the program's own.
  ///
  /// - Parameters:
  ///   - address: where the word is.
  ///   - value: what `FUTEX_WAIT` compares it with, or how many tasks `FUTEX_WAKE` wakes.
  ///   - timeout: the address of a `struct timespec`: how long `FUTEX_LOCK_PI` and `FUTEX_WAIT` wait at most; 0 to wait
  ///     forever.
  /// - Throws: `EINVAL` for an address without a mutex and for an unknown operation, `EDEADLK` if the caller would wait
  ///   forever, `ETIMEDOUT` when its time is up, `EBUSY` from `FUTEX_TRYLOCK_PI`, like pthread_mutex_trylock(3),
  ///   `EPERM` from `FUTEX_UNLOCK_PI` if the caller does not own the mutex.
  /// - Source: Linux, kernel/futex/syscalls.c, `do_futex()`; kernel/futex/pi.c, `futex_lock_pi()`.
  /// - Simplified: the kernel is called even if the mutex is free, when Linux needs only one instruction, and the
  ///   timeout is a length of time, not the instant at which it ends.
  mutating func futex(
    _ task: TaskID, at address: Int, operation: Int, value: Int, timeout: Int
  ) throws(Errno) -> CallAnswer {
    guard let operation = FutexOperation(rawValue: operation) else { throw .EINVAL }
    switch operation {
    case .FUTEX_WAIT:
      let limit = timeout == 0 ? nil : try getTime(task, at: timeout)
      return try futexWait(task, at: address, value: value, timeout: limit)
    case .FUTEX_WAKE: return try futexWake(task, at: address, count: value)
    case .FUTEX_LOCK_PI:
      let mutex = try mutex(at: address, of: task)
      return try lock(task, mutex, timeout: timeout == 0 ? nil : try getTime(task, at: timeout))
    case .FUTEX_TRYLOCK_PI:
      let mutex = try mutex(at: address, of: task)
      if let owner = locks.mutexes.owner(of: mutex), owner != task { throw .EBUSY }
      return try lock(task, mutex, timeout: nil)
    case .FUTEX_UNLOCK_PI:
      try release(try mutex(at: address, of: task), by: task)
      return .value(0)
    }
  }

  private mutating func lock(_ task: TaskID, _ mutex: MutexID, timeout: Duration?) throws(Errno) -> CallAnswer {
    if tasks[task].wakeReason != nil {
      guard locks.mutexes.owner(of: mutex) == task else { throw .ETIMEDOUT }
      return .value(0)
    }
    defer { requeueDisplaced() }
    guard try locks.mutexes.lock(mutex, by: task, in: &scheduling.entities) == .wait else {
      log(tasks[task].cpu, .lockAcquired(tasks[task].pid, mutex))
      return .value(0)
    }
    log(tasks[task].cpu, .contentionBegin(tasks[task].pid, mutex))
    return .sleep(on: locks.queue(of: mutex), until: timeout.map { now + $0 })
  }

  /// Releases the mutexes that a task still owns at its end.
  ///
  /// - Source: Linux, kernel/futex/core.c, `exit_robust_list()`.
  /// - Simplified: the next owner is not told that the last one died (`EOWNERDEAD`).
  mutating func releaseMutexes(of task: TaskID) {
    for mutex in locks.all where locks.mutexes.owner(of: mutex) == task {
      do throws(Errno) {
        try release(mutex, by: task)
      } catch {
        oops = .mutexNotTakenBack(mutex, error)
      }
    }
  }

  /// Takes a mutex from its owner, which may become less urgent, and wakes the next owner.
  private mutating func release(_ mutex: MutexID, by task: TaskID) throws(Errno) {
    let next = try locks.mutexes.unlock(mutex, by: task, in: &scheduling.entities)
    log(tasks[task].cpu, .lockRelease(tasks[task].pid, mutex))
    requeueDisplaced()
    guard let next else { return }
    guard tasks.contains(next), awaited(by: next) == .mutex(mutex) else {
      oops = .handedToWrongTask(mutex, next)
      return
    }
    log(tasks[task].cpu, .lockAcquired(tasks[next].pid, mutex))
    wakeUp(next)
  }

  /// The mutex whose word is at an address of the caller's memory.
  ///
  /// - Simplified: each program maps the words of the mutexes that it names, in its own order.
  private func mutex(at address: Int, of task: TaskID) throws(Errno) -> MutexID {
    guard let program = tasks[task].engine.program,
      let number = programs[program.index].mutexNumber(at: address)
    else { throw .EINVAL }
    return locks.mutex(number, of: program)
  }
}

// What happens when a priority is set.
extension Kernel {
  /// Moves the tasks whose priority was set to their new places in their run queues.
  ///
  /// A task that becomes more urgent goes behind its new equals, and a task that becomes less urgent before them.
  /// - Source: Linux, kernel/sched/core.c, `rt_mutex_setprio()`.
  mutating func requeueDisplaced() {
    for displaced in scheduling.entities.takeDisplaced() { requeue(displaced) }
  }

  /// Moves one such task.
  mutating func requeue(_ displaced: EntityTable.Displaced) {
    let task = displaced.task
    let priority = scheduling[task].priority
    guard priority != displaced.from else { return }
    let cpu = tasks[task].cpu
    log(cpu, .schedPiSetprio(tasks[task].pid, old: Int16(displaced.from), new: Int16(priority)))
    guard tasks[task].state.isRunnable else { return }
    scheduling[task].priority = displaced.from
    cpus[cpu.index].runQueue.dequeue(task, in: &scheduling)
    scheduling[task].priority = priority
    cpus[cpu.index].runQueue.enqueue(
      task, .changed, at: priority < displaced.from ? .tail : .head, in: &scheduling)
    reschedule.insert(cpu)
  }
}
