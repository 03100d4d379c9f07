// Misconception: A task has at most 256 descriptors, so a byte that wraps is wide enough to count the open files at an
// end, and a count that wraps comes back right.
// Breaks: ends in many-times
// Killed by: coming-and-going
import LabKernel

/// A pipe as a ring of page-sized slots.
struct RingPipe: Pipe {
  /// What one page holds.
  private struct Slot {
    var page: [UInt8] = []
    /// How much of the page has been read.
    var offset = 0

    /// How many bytes are still to be read.
    var length: Int { page.count - offset }
  }

  private static let pageSize = 4096

  private var slots = Array(repeating: Slot(), count: pipeSlots)
  /// How many slots have been filled ever: the next one to be filled.
  private var head = 0
  /// How many slots have been emptied ever: the next one to be read.
  private var tail = 0
  /// How many open files there are at each end.
  private var readers: UInt8 = 0
  private var writers: UInt8 = 0
  /// How many bytes wait in all slots together.
  private(set) var count = 0

  init() {}

  private var isEmpty: Bool { head == tail }
  private var isFull: Bool { head - tail == pipeSlots }

  mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers &+= 1
    case .write: writers &+= 1
    }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    switch end {
    case .read:
      readers &-= 1
      return PipeTransfer(.done(0), wakesWriters: readers == 0)
    case .write:
      writers &-= 1
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
    let oldTail = tail
    let bytes = drain(count)
    self.count -= bytes.count
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: wasFull && tail != oldTail)
  }

  /// Takes up to `wanted` bytes out of the slots.
  private mutating func drain(_ wanted: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < wanted && !isEmpty {
      let index = tail % pipeSlots
      let n = min(wanted - bytes.count, slots[index].length)
      let offset = slots[index].offset
      bytes += slots[index].page[offset..<offset + n]
      slots[index].offset += n
      if slots[index].length == 0 { tail += 1 }
    }
    return bytes
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = isEmpty
    var left = bytes
    if bytes.count == total {
      left = merge(left)
    }
    while !left.isEmpty && !isFull {
      fillNext(left.prefix(RingPipe.pageSize))
      left = left.dropFirst(RingPipe.pageSize)
    }
    let moved = bytes.count - left.count
    count += moved
    let wakes = wasEmpty && moved > 0
    if left.isEmpty { return PipeTransfer(.done(moved), wakesReaders: wakes) }
    if nonblocking {
      return PipeTransfer(moved == 0 ? .failed(.EAGAIN) : .done(moved), wakesReaders: wakes)
    }
    return PipeTransfer(.sleep(progress: moved), wakesReaders: wakes)
  }

  /// Puts the odd bytes behind the last byte of the last slot, if they fit there; returns what is left.
  private mutating func merge(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let odd = bytes.count % RingPipe.pageSize
    if isEmpty || odd == 0 { return bytes }
    let last = (head - 1) % pipeSlots
    if slots[last].page.count + odd > RingPipe.pageSize { return bytes }
    slots[last].page += bytes.prefix(odd)
    return bytes.dropFirst(odd)
  }

  /// Puts a piece into the next free slot.
  private mutating func fillNext(_ piece: ArraySlice<UInt8>) {
    slots[head % pipeSlots] = Slot(page: Array(piece))
    head += 1
  }
}
