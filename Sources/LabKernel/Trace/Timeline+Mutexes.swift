extension Timeline {
  /// Which tasks owned a mutex, and when.
  public struct MutexRow: Sendable, Equatable {
    /// The name that programs give it.
    public var name: String
    /// When it had an owner, in order.
    public var ownerships: [Ownership]

    /// The part that lies in a window of time.
    func clipped(from first: Instant, to last: Instant) -> MutexRow {
      let inside = ownerships.map { Ownership(start: max($0.start, first), end: min($0.end, last), row: $0.row) }
      return MutexRow(name: name, ownerships: inside.filter { $0.start < $0.end })
    }
  }

  /// A stretch of time in which a mutex belonged to one task.
  public struct Ownership: Sendable, Equatable {
    /// When it began.
    public var start: Instant
    /// When it ended.
    public var end: Instant
    /// The owner's row.
    public var row: Int
  }

  /// The mutexes that have had an owner, from the trace in a record.
  static func mutexes(of record: RunRecord) -> [MutexRow] {
    var places: [PID: Int] = [:]
    var born = 0
    var ownerships: [[Ownership]] = record.mutexNames.map { _ in [] }
    for event in record.events {
      if case .schedWakeupNew(let pid, _, _) = event.what {
        places[pid] = born
        born += 1
      }
      if case .lockAcquired(let pid, let mutex) = event.what, let row = places[pid] {
        ownerships[mutex.index].append(Ownership(start: event.time, end: record.now, row: row))
      }
      if case .lockRelease(_, let mutex) = event.what, let last = ownerships[mutex.index].indices.last {
        ownerships[mutex.index][last].end = event.time
      }
    }
    return zip(record.mutexNames, ownerships).filter { !$0.1.isEmpty }.map { MutexRow(name: $0.0, ownerships: $0.1) }
  }
}
