// Sleeping and waking, the same for everything that a task can wait for.
//
// A system call handler that has to wait answers with a queue and, if there is a limit, the instant at which the time
// is up. The kernel puts the caller to sleep; when the caller wakes up, it makes the same call again, and the handler
// finds the reason in `wakeReason`. So no handler is ever half done, and a spurious wake-up costs only time.

extension Kernel {
  /// Puts a running task to sleep, on a queue, until an instant, or both; a signal ends the sleep if its state says so.
  ///
  /// - Source: Linux, kernel/sched/wait.c, `prepare_to_wait()`; kernel/time/sleep_timeout.c, `schedule_timeout()`.
  mutating func sleep(
    _ task: TaskID, on queue: WaitQueueID, until end: Instant?, as state: TaskState = .interruptible
  ) {
    tasks[task].sleep.number &+= 1
    if let end { events.post(.timer(task, sleep: tasks[task].sleep.number), at: max(now, end)) }
    enter(queue, task)
    deactivate(task, as: state)
  }

  /// Makes a task runnable that sleeps or is stopped.
  ///
  /// Owes nothing: the CPU that has to reschedule because of it is marked.
  /// - Source: Linux, kernel/sched/core.c, `try_to_wake_up()`.
  mutating func wakeUp(_ task: TaskID, _ reason: WakeReason = .event) {
    leaveQueue(task)
    if tasks[task].state != .stopped { tasks[task].wakeReason = reason }
    tasks[task].sleep.number &+= 1
    let last = tasks[task].cpu
    tasks[task].cpu = selectCPU(for: task)
    log(tasks[task].cpu, .schedWakeup(tasks[task].pid))
    activate(task, tasks[task].cpu == last ? .woken : .moved)
  }

  /// Wakes all tasks on a queue, in order of arrival.
  ///
  /// - Complexity: O(tasks on it), plus what the wake-ups take.
  /// - Source: Linux, kernel/sched/wait.c, `wake_up_all()`.
  mutating func wakeUp(_ queue: WaitQueueID) {
    guard queue != .none else { return }
    while let task = waitQueues[queue]?.first, task != .idle { wakeUp(task) }
  }

  /// Ends a sleep although what the task waits for has not happened: its time is up, or a signal has arrived.
  ///
  /// Tells the mutex protocol, which has a queue of its own.
  mutating func cutShort(_ task: TaskID, _ reason: WakeReason) {
    guard tasks[task].state.isAsleep else { return }
    if case .mutex(let mutex) = owner(of: tasks[task].sleep.queue) {
      locks.mutexes.giveUp(mutex, by: task, in: &scheduling.entities)
      requeueDisplaced()
    }
    wakeUp(task, reason)
  }

  /// Interrupts a sleep now, between two steps: the call returns what it has moved so far, or `EINTR`.
  ///
  /// - Source: Linux, kernel/signal.c, `signal_wake_up()`; signal(7), "Interruption of system calls".
  package mutating func interrupt(_ task: TaskID) {
    cutShort(task, .signal)
    scheduleMarkedCPUs()
  }

  /// Makes an empty queue.
  mutating func makeQueue(of owner: WaitQueueOwner) -> WaitQueueID {
    waitQueues.insert(WaitQueueHead(owner: owner))
  }

  /// Removes a queue on which no task waits.
  mutating func removeQueue(_ queue: WaitQueueID) {
    guard queue != .none else { return }
    precondition(waitQueues[queue]?.first == .idle, "a queue goes when no task waits in it")
    waitQueues.remove(queue)
  }

  /// What a queue belongs to; nil for `none`, the queue of tasks that only wait for time to pass.
  func owner(of queue: WaitQueueID) -> WaitQueueOwner? {
    queue == .none ? nil : waitQueues[queue]?.owner
  }

  /// What the queue on which a task sleeps belongs to; nil if it is not asleep, or only waits for time to pass.
  public func awaited(by task: TaskID) -> WaitQueueOwner? { owner(of: tasks[task].sleep.queue) }

  private mutating func enter(_ queue: WaitQueueID, _ task: TaskID) {
    guard queue != .none else { return }
    let last = waitQueues[queue]?.last ?? .idle
    tasks[task].sleep.queue = queue
    tasks[task].sleep.previous = last
    if last == .idle { waitQueues[queue]?.first = task } else { tasks[last].sleep.next = task }
    waitQueues[queue]?.last = task
  }

  private mutating func leaveQueue(_ task: TaskID) {
    let sleep = tasks[task].sleep
    guard sleep.queue != .none else { return }
    if sleep.previous == .idle {
      waitQueues[sleep.queue]?.first = sleep.next
    } else {
      tasks[sleep.previous].sleep.next = sleep.next
    }
    if sleep.next == .idle {
      waitQueues[sleep.queue]?.last = sleep.previous
    } else {
      tasks[sleep.next].sleep.previous = sleep.previous
    }
    tasks[task].sleep = Sleep(number: sleep.number)
  }
}
