/// Something that is going to happen.
package struct Event: Sendable {
  /// When it happens.
  package var time: Instant
  /// Its order among the events of the same instant: see ``EventQueue/post(_:at:)``.
  package var sequence: UInt64
  /// What happens.
  package var what: Occurrence

  /// Whether this event comes before `other`.
  package func precedes(_ other: Event) -> Bool {
    time != other.time ? time < other.time : sequence < other.sequence
  }
}

/// What can happen without a task causing it.
package enum Occurrence: Sendable, Equatable {
  /// The task running on a CPU reaches its next stop, or the tick comes, whichever is first.
  ///
  /// `epoch` distinguishes the current announcement from superseded ones: a CPU has only one next stop.
  case cpu(CPUID, epoch: UInt32)
  /// A sleeping task's time is up, if it is still in the sleep with this number.
  case timer(TaskID, sleep: UInt32)
  /// A task that was announced earlier begins.
  case arrival(Int)
  /// A kernel thread that has been made begins.
  case threadStart(TaskID)
}

/// The one queue of events: a binary heap ordered by (time, sequence).
///
/// ```swift
/// queue.post(.cpu(0, epoch: 1), at: now + tick)
/// let event = queue.popFirst()
/// ```
/// Invariant: no event comes before its parent in the heap, so the earliest event is at index 0.
///
/// - Complexity: O(log n) to post and to pop.
/// - Source: Linux keeps timers in kernel/time/hrtimer.c, one red-black tree per CPU.
/// - Simplified: one queue for the whole machine, where Linux has one per CPU.
package struct EventQueue: Sendable {
  private var heap: [Event] = []
  private var announced: UInt64 = 0

  /// An empty queue.
  package init() {}

  /// Whether no event is queued.
  package var isEmpty: Bool { heap.isEmpty }
  /// When the next event happens.
  package var nextTime: Instant? { heap.first?.time }
  /// What happens next.
  package var first: Occurrence? { heap.first?.what }
  /// How many events are queued, including superseded ones.
  package var count: Int { heap.count }

  /// Announces that `what` happens at `time`.
  ///
  /// Of the events of one instant, timers and arrivals come first, in the order in which they were announced; then come
  /// the CPUs, by number. The order in which CPUs announced their stops depends only on how often each was made to
  /// reschedule: a scheduling class that asks for that once too often must not change what happens.
  package mutating func post(_ what: Occurrence, at time: Instant) {
    let event = Event(time: time, sequence: sequence(of: what), what: what)
    heap.append(event)
    siftUp(event, from: heap.count - 1)
  }

  private mutating func sequence(of what: Occurrence) -> UInt64 {
    switch what {
    case .cpu(let cpu, _): return EventQueue.firstCPU + UInt64(cpu.index)
    case .timer, .arrival, .threadStart:
      announced += 1
      return announced
    }
  }

  /// Greater than the sequence number of any timer or arrival.
  private static let firstCPU: UInt64 = 1 << 63

  /// The events, in no order.
  package var unordered: [Event] { heap }

  /// Removes the events that will have no effect.
  ///
  /// - Complexity: O(n log n).
  package mutating func removeAll(where isStale: (Event) -> Bool) {
    guard heap.contains(where: isStale) else { return }
    let kept = heap.filter { !isStale($0) }
    heap.removeAll(keepingCapacity: true)
    for event in kept {
      heap.append(event)
      siftUp(event, from: heap.count - 1)
    }
  }

  /// Removes and returns the next event.
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
