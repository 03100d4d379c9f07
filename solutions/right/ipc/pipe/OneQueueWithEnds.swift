// Design: one queue of bytes, and beside it where each slot ends; the slots in use are computed each time.
import LabKernel

struct RingPipe: Pipe {
  private var queue: [UInt8] = []
  /// How many bytes of each slot are still to be read, and how far its page is filled.
  private var slots: [(left: Int, filled: Int)] = []
  private var readers = 0, writers = 0

  init() {}

  var count: Int { queue.count }

  mutating func open(_ end: PipeEnd) { if end == .read { readers += 1 } else { writers += 1 } }

  // Wakes whenever something has changed: a wake-up too many is no mistake.
  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    if end == .read { readers -= 1 } else { writers -= 1 }
    return PipeTransfer(.done(0), wakesReaders: true, wakesWriters: true)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 || queue.isEmpty && writers == 0 { return PipeTransfer(.done(0)) }
    if queue.isEmpty { return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0)) }
    let taken = Array(queue.prefix(count))
    queue.removeFirst(taken.count)
    var left = taken.count
    for slot in slots.indices {
      let part = min(left, slots[slot].left)
      slots[slot].left -= part
      left -= part
    }
    slots.removeAll { $0.left == 0 }
    return PipeTransfer(.done(taken.count), bytes: taken, wakesReaders: true, wakesWriters: true)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let odd = bytes.count % pageSize
    let merged = bytes.count == total && !slots.isEmpty && slots[slots.count - 1].filled + odd <= pageSize ? odd : 0
    let moved = min(bytes.count, merged + (pipeSlots - slots.count) * pageSize)
    if merged > 0 {
      slots[slots.count - 1].left += merged
      slots[slots.count - 1].filled += merged
    }
    for start in stride(from: merged, to: moved, by: pageSize) {
      let size = min(pageSize, moved - start)
      slots.append((size, size))
    }
    queue += bytes.prefix(moved)
    if moved == bytes.count || nonblocking && moved > 0 {
      return PipeTransfer(.done(moved), wakesReaders: true, wakesWriters: true)
    }
    if nonblocking { return PipeTransfer(.failed(.EAGAIN)) }
    return PipeTransfer(.sleep(progress: moved), wakesReaders: moved > 0, wakesWriters: moved > 0)
  }
}
