/// Something that is going to happen.
package struct Event: Sendable {
  /// When.
  package var time: Instant
  /// The order among those of the same instant: first announced, first served.
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
  package mutating func post(_ what: Occurrence, at time: Instant) {
    announced += 1
    let event = Event(time: time, sequence: announced, what: what)
    heap.append(event)
    siftUp(event, from: heap.count - 1)
  }

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
