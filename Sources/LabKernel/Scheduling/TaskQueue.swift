/// A queue of tasks: a ring in a buffer whose size is a power of two.
///
/// ```swift
/// queue.insert(a, at: .tail)
/// queue.insert(b, at: .tail)
/// queue.rotate(a)             // b, a
/// ```
/// Invariant: the `count` tasks from `head` on, wrapping at the end of the buffer, are the queue, first to last.
///
/// - Complexity: O(1) at both ends; O(n) in the middle.
public struct TaskQueue: Sendable {
  private var ring: [TaskID] = []
  private var head = 0
  /// How many tasks are in the queue.
  public private(set) var count = 0

  /// An empty queue.
  public init() {}

  /// The task at the head.
  public var first: TaskID? { count == 0 ? nil : ring[head] }
  /// Whether the queue is empty.
  public var isEmpty: Bool { count == 0 }

  /// Puts a task at one end.
  public mutating func insert(_ task: TaskID, at end: QueueEnd) {
    if count == ring.count { grow() }
    switch end {
    case .tail:
      ring[slot(count)] = task
    case .head:
      head = slot(-1)
      ring[head] = task
    }
    count += 1
  }

  /// Sends `task` to the tail; O(1) if it is at the head.
  public mutating func rotate(_ task: TaskID) {
    remove(task)
    insert(task, at: .tail)
  }

  /// Removes `task`.
  public mutating func remove(_ task: TaskID) {
    precondition(count > 0, "a task that is not in the queue cannot leave it")
    if ring[head] != task {
      if ring[slot(count - 1)] == task {
        count -= 1
        return
      }
      bringToHead(task)
    }
    head = slot(1)
    count -= 1
  }

  /// Moves `task` to the head; the tasks that were before it follow, in their order.
  private mutating func bringToHead(_ task: TaskID) {
    guard let place = (1..<count).first(where: { ring[slot($0)] == task }) else {
      preconditionFailure("a task that is not in the queue cannot leave it")
    }
    for index in stride(from: place, to: 0, by: -1) { ring[slot(index)] = ring[slot(index - 1)] }
    ring[head] = task
  }

  private func slot(_ offset: Int) -> Int { (head + offset) & (ring.count - 1) }

  private mutating func grow() {
    let inOrder = (0..<count).map { ring[slot($0)] }
    let capacity = Swift.max(4, ring.count * 2)
    ring = inOrder + Array(repeating: .idle, count: capacity - count)
    head = 0
  }
}

extension TaskQueue: Sequence {
  /// Iterates from first to last.
  public func makeIterator() -> IndexingIterator<[TaskID]> { (0..<count).map { ring[slot($0)] }.makeIterator() }
}
