/// The words in memory that tasks sleep on, each with its wait queue.
///
/// ```swift
/// let queue = futexes.queue(at: address, of: map, queues: &waitQueues)
/// ```
/// A word has a queue only while a task sleeps on it, or is about to.
///
/// Invariant: no two queues are for the same word of the same map.
///
/// - Complexity: O(words on which tasks sleep).
/// - Source: Linux, kernel/futex/futex.h, `struct futex_hash_bucket` and `union futex_key`.
struct Futexes: Sendable {
  private struct Row: Sendable {
    let map: MemoryMapID
    let address: Int
    let queue: WaitQueueID
  }

  private var rows: [Row] = []

  /// The queue of a word, if it has one.
  func find(_ address: Int, of map: MemoryMapID) -> WaitQueueID? {
    rows.first { $0.address == address && $0.map == map }?.queue
  }

  /// The queue of a word; makes it if there is none.
  mutating func queue(at address: Int, of map: MemoryMapID, queues: inout Slots<WaitQueueHead>) -> WaitQueueID {
    if let known = find(address, of: map) { return known }
    let new = queues.insert(WaitQueueHead(owner: .futex(address: address)))
    rows.append(Row(map: map, address: address, queue: new))
    return new
  }

  /// Removes the queues on which no task sleeps any more.
  mutating func removeEmpty(_ queues: inout Slots<WaitQueueHead>) {
    for row in rows where queues[row.queue]?.first == .idle { queues.remove(row.queue) }
    rows.removeAll { queues[$0.queue] == nil }
  }
}
