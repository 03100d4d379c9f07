extension RunRecord {
  /// Whether it can be drawn as a run of `workload`: everything that is looked up or added up is within bounds.
  ///
  /// A record that comes from another process may say anything. A sound one may still be wrong, and then so is its
  /// picture; but nothing in it leads outside a table or beyond the largest number.
  package func isSound(for workload: MachineLoad) -> Bool {
    guard cpus == workload.configuration.cpus, busyTimes.count == cpus, switches >= 0, end != nil else { return false }
    let longest = Int64.max / Int64(RunRecord.largestFactor * (figures.count + 1))
    guard (0...longest).contains(now.nanoseconds), busyTimes.allSatisfy(isLength) else { return false }
    let texts = names + mutexNames + figures.map(\.name) + sleepers.flatMap { [$0.name, $0.call, $0.remedy] }
    return texts.allSatisfy(RunRecord.isText) && console.bytes.count <= Console.capacity
      && figures.allSatisfy(isSound) && areSound(events)
  }

  /// Percentages and hundredths multiply sums of times by up to this factor.
  private static let largestFactor = 10_000
  /// The longest text is what a waker would do to a mutex, "unlocks " and its name.
  private static let longestText = 80

  private func isLength(_ duration: Duration) -> Bool { (0...now.nanoseconds).contains(duration.nanoseconds) }
  private func isPast(_ instant: Instant) -> Bool { (0...now.nanoseconds).contains(instant.nanoseconds) }

  private func isSound(_ task: TaskFigures) -> Bool {
    let accounting = task.accounting
    return [accounting.created, accounting.firstRan, accounting.ended].compactMap(\.self).allSatisfy(isPast)
      && isLength(accounting.run) && isLength(accounting.wait)
  }

  /// Texts come from scenario files; they contain nothing that controls a terminal.
  private static func isText(_ text: String) -> Bool {
    text.utf8.count <= longestText
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
  }

  /// Whether time never goes backwards, CPUs and mutexes exist, and no task is created twice.
  private func areSound(_ events: [TraceEvent]) -> Bool {
    var born: Set<PID> = []
    var last = Instant.zero
    for event in events {
      guard event.time >= last, event.time <= now, (0..<cpus).contains(event.cpu.index) else { return false }
      last = event.time
      if case .schedWakeupNew(let pid, _, _) = event.what, !born.insert(pid).inserted { return false }
      if let mutex = event.what.mutex, !mutexNames.indices.contains(mutex.index) { return false }
    }
    return true
  }
}

extension TraceEvent.What {
  /// The mutex that it is about, if any.
  fileprivate var mutex: MutexID? {
    if case .contentionBegin(_, let mutex) = self { return mutex }
    if case .lockAcquired(_, let mutex) = self { return mutex }
    if case .lockRelease(_, let mutex) = self { return mutex }
    return nil
  }
}
