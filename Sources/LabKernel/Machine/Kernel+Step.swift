extension Kernel {
  /// Advances to the next instant at which anything happens, and handles everything that happens then.
  ///
  /// First come all events of that instant, timers before CPUs; then each CPU that they affect reschedules once. So of
  /// two tasks that wake up at the same instant, the more urgent runs first.
  /// - Returns: false if nothing will ever happen again, or if the kernel cannot go on (``oops``).
  /// - Complexity: O(log events), plus what the scheduling classes take.
  @discardableResult
  public mutating func step() -> Bool {
    dropOutdated()
    guard oops == nil, let event = events.popFirst() else { return false }
    if event.time != now {
      now = event.time
      standstill = 0
    }
    handle(event.what)
    while events.nextTime == now, let event = events.popFirst() { handle(event.what) }
    scheduleMarkedCPUs()
    tasks.buryTheDead()
    return oops == nil
  }

  /// Steps until nothing is left to do, or a bound is reached.
  ///
  /// - Parameters:
  ///   - end: no event after this instant is handled.
  ///   - maximumEvents: the maximum number of events to handle.
  @discardableResult
  public mutating func run(until end: Instant? = nil, maximumEvents: Int = .max) -> RunEnd {
    for _ in 0..<maximumEvents {
      dropOutdated()
      if let end, let next = events.nextTime, next > end { return .timeIsUp }
      guard step() else { return oops.map(RunEnd.oops) ?? .nothingToDo }
    }
    return .tooManyEvents
  }

  /// Lets each marked CPU reschedule.
  mutating func scheduleMarkedCPUs() {
    while oops == nil, let cpu = reschedule.popFirst() { schedule(cpu) }
  }

  /// Removes the outdated events before the next that counts.
  private mutating func dropOutdated() {
    while let first = events.first, isOutdated(first) { _ = events.popFirst() }
  }

  /// Whether an event is the timer of a sleep that has ended: no time passes for it.
  private func isOutdated(_ what: Occurrence) -> Bool {
    guard case .timer(let task, let sleep) = what else { return false }
    return tasks[task].sleep.number != sleep
  }

  mutating func handle(_ what: Occurrence) {
    switch what {
    case .cpu(let cpu, let epoch):
      if cpus[cpu.index].epoch == epoch { handleCPU(cpu) }
    case .timer(let task, let sleep):
      if tasks[task].sleep.number == sleep { cutShort(task, .timeout) }
    case .threadStart(let task): wakeUpNew(task)
    case .arrival(let index):
      guard let spawn = arrivals[Handle(index)] else { preconditionFailure("a task arrives once") }
      arrivals.remove(Handle(index))
      begin(spawn)
    }
  }

  /// Handles a stop of the task on `cpu`, or a tick that is due, or both.
  private mutating func handleCPU(_ cpu: CPUID) {
    settle(cpu)
    if !reschedule.contains(cpu) { announce(cpu) }
  }

  /// Brings `cpu` up to date: charges its task, takes the timer interrupt if it is due, and lets the task continue.
  ///
  /// A task that stops exactly when the tick is due is charged for that tick: it has used it up.
  /// - Source: Linux, kernel/sched/core.c, `sched_tick()`.
  mutating func settle(_ cpu: CPUID) {
    let task = cpus[cpu.index].current
    guard tasks[task].state == .running(cpu) else { return }
    let isSwitching = isSwitching(cpu)
    let elapsed = charge(cpu)
    if now == cpus[cpu.index].nextTick {
      cpus[cpu.index].nextTick = now + configuration.tick
      if cpus[cpu.index].runQueue.tick(in: &scheduling) { reschedule.insert(cpu) }
    }
    if !isSwitching { execute(on: cpu, elapsed) }
  }

  /// Announces when `cpu` next needs the kernel: when its task stops, or at the next tick.
  mutating func announce(_ cpu: CPUID) {
    let left = tasks[cpus[cpu.index].current].engine.left
    let tick = configuration.tick.nanoseconds
    let nextTick = Instant(nanoseconds: (now.nanoseconds / tick + 1) * tick)
    cpus[cpu.index].nextTick = nextTick
    cpus[cpu.index].epoch &+= 1
    let stop = max(now, cpus[cpu.index].since) + left
    events.post(.cpu(cpu, epoch: cpus[cpu.index].epoch), at: min(stop, nextTick))
  }
}

/// Why a run ended.
public enum RunEnd: Sendable, Equatable, Codable {
  /// Nothing will ever happen again.
  case nothingToDo
  /// The run reached the instant at which it was to stop.
  case timeIsUp
  /// The run reached its maximum number of events.
  case tooManyEvents
  /// The kernel cannot go on.
  case oops(Oops)
}
