// Misconception: the pages come from a pool of 64, and a page that is read as a whole goes back to it; the other exit
// from the loop, for a page whose last byte is taken by a second read, frees the slot and forgets the page.
// Breaks: slots in many-times
// Killed by: ring-wraps
import LabKernel

struct RingPipe: Pipe {
  /// A page that is in use.
  private struct Slot {
    /// Which page of the pool.
    var page: Int
    /// Its first byte that has not been read, and one behind its last.
    var start: Int
    var end: Int
  }

  /// How many pages there are: the sixteen, and plenty to spare.
  private static let poolSize = 4 * pipeSlots

  private var pool = Array(repeating: [UInt8](), count: RingPipe.poolSize)
  private var freePages = Array((0..<RingPipe.poolSize).reversed())
  /// The slots in use, the oldest first.
  private var slots: [Slot] = []
  private var readers = 0
  private var writers = 0
  private(set) var count = 0

  init() {}

  mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers += 1
    case .write: writers += 1
    }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    switch end {
    case .read:
      readers -= 1
      return PipeTransfer(.done(0), wakesWriters: readers == 0)
    case .write:
      writers -= 1
      return PipeTransfer(.done(0), wakesReaders: writers == 0)
    }
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 { return PipeTransfer(.done(0)) }
    if slots.isEmpty {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let used = slots.count
    var taken: [UInt8] = []
    while taken.count < count, let slot = slots.first {
      let want = count - taken.count
      if slot.start == 0, want >= slot.end {
        // A whole page at once: it goes back to the pool.
        taken += pool[slot.page]
        pool[slot.page] = []
        freePages.append(slot.page)
        slots.removeFirst()
      } else {
        let stop = slot.start + min(want, slot.end - slot.start)
        taken += pool[slot.page][slot.start..<stop]
        slots[0].start = stop
        if stop == slot.end { slots.removeFirst() }
      }
    }
    self.count -= taken.count
    return PipeTransfer(.done(taken.count), bytes: taken, wakesWriters: used == pipeSlots && slots.count < used)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = slots.isEmpty
    var rest = bytes
    let odd = bytes.count % pipeBufferSize
    if bytes.count == total, odd > 0, let last = slots.indices.last, slots[last].end + odd <= pipeBufferSize {
      pool[slots[last].page] += rest.prefix(odd)
      slots[last].end += odd
      rest = rest.dropFirst(odd)
    }
    while !rest.isEmpty, slots.count < pipeSlots, let page = freePages.popLast() {
      let chunk = rest.prefix(pipeBufferSize)
      pool[page] = Array(chunk)
      slots.append(Slot(page: page, start: 0, end: chunk.count))
      rest = rest.dropFirst(chunk.count)
    }
    let moved = bytes.count - rest.count
    count += moved
    let answer: PipeAnswer
    if rest.isEmpty || nonblocking && moved > 0 {
      answer = .done(moved)
    } else {
      answer = nonblocking ? .failed(.EAGAIN) : .sleep(progress: moved)
    }
    return PipeTransfer(answer, wakesReaders: wasEmpty && moved > 0)
  }
}
