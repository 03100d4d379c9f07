// Misconception: whether a write fits depends on the slots that its bytes need and on the free slots, counted before
// it begins; the count ignores that the odd bytes of a large write need no slot if they are merged.
// Breaks: parts in full
// Killed by: large-writes
import LabKernel

struct RingPipe: Pipe {
  private struct Slot {
    var page: [UInt8] = []
    var offset = 0
    var length: Int { page.count - offset }
  }

  private var slots = Array(repeating: Slot(), count: pipeSlots)
  private var head = 0
  private var tail = 0
  private var readers = 0
  private var writers = 0
  private(set) var count = 0

  init() {}

  private var used: Int { head - tail }
  private var free: Int { pipeSlots - used }

  mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers += 1
    case .write: writers += 1
    }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    switch end {
    case .read: readers -= 1
    case .write: writers -= 1
    }
    return PipeTransfer(.done(0), wakesReaders: writers == 0, wakesWriters: readers == 0)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 { return PipeTransfer(.done(0)) }
    if used == 0 {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let usedBefore = used
    var out: [UInt8] = []
    while out.count < count && used > 0 {
      let i = tail % pipeSlots
      let n = min(slots[i].length, count - out.count)
      out.append(contentsOf: slots[i].page[slots[i].offset..<slots[i].offset + n])
      slots[i].offset += n
      if slots[i].length == 0 { tail += 1 }
    }
    self.count -= out.count
    return PipeTransfer(.done(out.count), bytes: out, wakesWriters: usedBefore == pipeSlots && used < pipeSlots)
  }

  private mutating func merge(_ bytes: ArraySlice<UInt8>, of total: Int) -> Int {
    let odd = bytes.count % pipeBufferSize
    guard bytes.count == total, used > 0, odd > 0 else { return 0 }
    let last = (head - 1) % pipeSlots
    guard slots[last].page.count + odd <= pipeBufferSize else { return 0 }
    slots[last].page += bytes.prefix(odd)
    return odd
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = used == 0
    let needed = (bytes.count + pipeBufferSize - 1) / pipeBufferSize
    let fits = needed <= free

    var moved = merge(bytes, of: total)
    if moved == bytes.count {
      // A small write that went in behind the others: no slot needed.
      count += moved
      return PipeTransfer(.done(moved))
    }
    while moved < bytes.count && free > 0 {
      let page = bytes.dropFirst(moved).prefix(pipeBufferSize)
      slots[head % pipeSlots] = Slot(page: Array(page))
      head += 1
      moved += page.count
    }
    count += moved

    let wakes = wasEmpty && moved > 0
    if fits { return PipeTransfer(.done(moved), wakesReaders: wakes) }
    if nonblocking { return PipeTransfer(moved > 0 ? .done(moved) : .failed(.EAGAIN), wakesReaders: wakes) }
    return PipeTransfer(.sleep(progress: moved), wakesReaders: wakes)
  }
}
