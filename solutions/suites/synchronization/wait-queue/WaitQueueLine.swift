/// A queue that the rules of the sheet allow: which CPUs are on it, and which tasks are marked as asleep.
struct WaitQueueLine: Equatable {
  /// One call of the queue, or a wake-up without it, by a CPU while all others stand still.
  enum Deed: Equatable {
    case prepareToWait(exclusive: Bool)
    case finishWait, wakeUp, wakeUpAll
    /// Wakes the task of a CPU, without the queue.
    case wake(Int)
  }

  /// The CPUs on the queue, oldest first.
  private(set) var cpus: [Int] = []
  /// How each CPU waits.
  private(set) var isExclusive: [Bool]
  /// Whether the next `park()` of each CPU sleeps.
  private(set) var isAsleep: [Bool]

  /// A queue without any CPU.
  init(cpus count: Int) {
    isExclusive = Array(repeating: false, count: count)
    isAsleep = isExclusive
  }

  /// Returns the queues that may result from a deed.
  ///
  /// There are several if a wake-up comes to a task that is awake: the implementation decides whether that task stays
  /// on the queue.
  func after(_ deed: Deed, by cpu: Int) -> [WaitQueueLine] {
    var line = self
    switch deed {
    case .prepareToWait(let exclusive):
      if !cpus.contains(cpu) { line.cpus.append(cpu) }
      line.isExclusive[cpu] = exclusive
      line.isAsleep[cpu] = true
    case .finishWait:
      line.cpus.removeAll { $0 == cpu }
      line.isAsleep[cpu] = false
    case .wake(let other): line.isAsleep[other] = false
    case .wakeUp: return afterWakeUp(exclusive: 1)
    case .wakeUpAll: return afterWakeUp(exclusive: cpus.count)
    }
    return [line]
  }

  private func afterWakeUp(exclusive count: Int) -> [WaitQueueLine] {
    var line = self
    var left = count
    var awake: [Int] = []
    for cpu in cpus where !isExclusive[cpu] || left > 0 {
      guard isAsleep[cpu] else {
        awake.append(cpu)
        continue
      }
      line.isAsleep[cpu] = false
      line.cpus.removeAll { $0 == cpu }
      if isExclusive[cpu] { left -= 1 }
    }
    return awake.reduce([line]) { lines, cpu in
      lines
        + lines.map { line in
          var without = line
          without.cpus.removeAll { $0 == cpu }
          return without
        }
    }
  }
}
