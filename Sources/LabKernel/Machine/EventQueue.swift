/// Something that is going to happen.
package struct Event: Sendable {
  /// When.
  package var time: Instant
  /// The order among those of the same instant: see ``EventQueue/post(_:at:)``.
  package var sequence: UInt64
  /// What.
  package var what: Occurrence

  /// Whether this event comes before `other`.
  package func precedes(_ other: Event) -> Bool {
    time != other.time ? time < other.time : sequence < other.sequence
  }
}

/// What can happen without a task doing it.
package enum Occurrence: Sendable, Equatable {
  /// The task that runs on a CPU reaches its next stop, or the tick comes: whichever is first.
  ///
  /// `epoch` tells a current announcement from one that was overtaken: a CPU has one next stop.
  case cpu(CPUID, epoch: UInt32)
  /// A sleeping task's time is up, if it is still the sleep with this number.
  case timer(TaskID, sleep: UInt32)
  /// A task that was announced beforehand begins.
  case arrival(Int)
}

/// The one queue of events: a binary heap ordered by (time, sequence).
///
/// ```swift
/// queue.post(.cpu(0, epoch: 1), at: now + tick)
/// let event = queue.popFirst()
/// ```
/// Invariant: no event comes before its parent in the heap, so the first event of all is at index 0.
///
/// - Complexity: O(log n) to post and to pop.
/// - Source: Linux keeps timers in kernel/time/hrtimer.c, a red-black tree a CPU.
/// - Simplified: one queue for the whole machine, where Linux has one a CPU.
package struct EventQueue: Sendable {
  private var heap: [Event] = []
  private var announced: UInt64 = 0

  /// Nothing is going to happen.
  package init() {}

  /// Whether nothing will ever happen.
  package var isEmpty: Bool { heap.isEmpty }
  /// When the next event happens.
  package var nextTime: Instant? { heap.first?.time }
  /// How many events are waiting, those that were overtaken included.
  package var count: Int { heap.count }

  /// Announces that `what` happens at `time`.
  ///
  /// Of the events of one instant, timers and arrivals come first, in the order in which they were announced; then
  /// the CPUs, by number. When a CPU announced its next stop says nothing about the machine, only how often it was
  /// made to choose: a scheduling class that asks for that once too often must not change what happens.
  package mutating func post(_ what: Occurrence, at time: Instant) {
    let event = Event(time: time, sequence: sequence(of: what), what: what)
    heap.append(event)
    siftUp(event, from: heap.count - 1)
  }

  private mutating func sequence(of what: Occurrence) -> UInt64 {
    switch what {
    case .cpu(let cpu, _): return EventQueue.firstCPU + UInt64(cpu.index)
    case .timer, .arrival:
      announced += 1
      return announced
    }
  }

  /// Behind all that will ever be announced.
  private static let firstCPU: UInt64 = 1 << 63

  /// Takes the next event out.
  package mutating func popFirst() -> Event? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty { siftDown(last) }
    return first
  }

  /// Moves the hole at `index` up until `event` fits into it.
  private mutating func siftUp(_ event: Event, from index: Int) {
    var hole = index
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard event.precedes(heap[parent]) else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = event
  }

  /// Moves the hole at the top down until `event` fits into it.
  private mutating func siftDown(_ event: Event) {
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(event) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = event
  }
}
