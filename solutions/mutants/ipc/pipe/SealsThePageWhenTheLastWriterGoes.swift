// Misconception: when the last writer goes, its last page is complete; a writer that comes later begins a page of its
// own, and nothing is merged across the end of the file.
// Breaks: merging in closed-ends
// Killed by: merging
import LabKernel

struct RingPipe: Pipe {
  /// What one page holds.
  private struct Slot {
    var page: [UInt8] = []
    /// How much of the page has been read.
    var offset = 0
    /// How many bytes are still to be read.
    var length: Int { page.count - offset }
  }

  private var slots = Array(repeating: Slot(), count: pipeSlots)
  private var head = 0
  private var tail = 0
  private var readers = 0
  private var writers = 0
  private(set) var count = 0
  /// The last slot takes no more bytes.
  private var isSealed = false

  init() {}

  private var isEmpty: Bool { head == tail }
  private var isFull: Bool { head - tail == pipeSlots }

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
      if writers == 0 { isSealed = true }
      return PipeTransfer(.done(0), wakesReaders: writers == 0)
    }
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 { return PipeTransfer(.done(0)) }
    if isEmpty {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let wasFull = isFull
    let before = tail
    let bytes = drain(count)
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: wasFull && tail > before)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = isEmpty
    var rest = bytes
    if bytes.count == total { merge(&rest) }
    fill(&rest)
    let moved = bytes.count - rest.count
    let wakes = wasEmpty && moved > 0
    if rest.isEmpty { return PipeTransfer(.done(moved), wakesReaders: wakes) }
    if !nonblocking { return PipeTransfer(.sleep(progress: moved), wakesReaders: wakes) }
    if moved == 0 { return PipeTransfer(.failed(.EAGAIN)) }
    return PipeTransfer(.done(moved), wakesReaders: wakes)
  }

  /// Takes up to `limit` bytes out, and frees the slots that are empty then.
  private mutating func drain(_ limit: Int) -> [UInt8] {
    var taken: [UInt8] = []
    while taken.count < limit, !isEmpty {
      let index = tail % pipeSlots
      let part = min(limit - taken.count, slots[index].length)
      let start = slots[index].offset
      taken += slots[index].page[start..<start + part]
      slots[index].offset += part
      if slots[index].length == 0 {
        slots[index] = Slot()
        tail += 1
      }
    }
    count -= taken.count
    return taken
  }

  /// Puts the bytes beyond whole pages behind those in the last slot, if all of them fit there.
  private mutating func merge(_ rest: inout ArraySlice<UInt8>) {
    let odd = rest.count % pipeBufferSize
    if isEmpty || isSealed || odd == 0 { return }
    let last = (head - 1) % pipeSlots
    if slots[last].page.count + odd > pipeBufferSize { return }
    slots[last].page += rest.prefix(odd)
    rest = rest.dropFirst(odd)
    count += odd
  }

  /// Puts what is left into free slots, a page into each.
  private mutating func fill(_ rest: inout ArraySlice<UInt8>) {
    while !rest.isEmpty, !isFull {
      let chunk = rest.prefix(pipeBufferSize)
      slots[head % pipeSlots].page = Array(chunk)
      head += 1
      isSealed = false
      count += chunk.count
      rest = rest.dropFirst(chunk.count)
    }
  }
}
