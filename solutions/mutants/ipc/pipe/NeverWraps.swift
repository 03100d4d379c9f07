// Misconception: sixteen slots are an array of sixteen, which starts again whenever the pipe is empty.
// Breaks: slots in many-times
// Killed by: no-waiting, full-pipe, whole-writes, long-writes, emptied-slots, quiet-calls, nonblocking,
//   ring-wraps, coming-and-going, many-sleepers, merging, atomic-writes, large-writes, slot-release,
//   mixed-traffic
import LabKernel

struct RingPipe: Pipe {
  private struct Page {
    var bytes: [UInt8] = []
    var start = 0
  }

  private var pages = Array(repeating: Page(), count: pipeSlots)
  private var first = 0
  private var used = 0
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
    case .read: readers -= 1
    case .write: writers -= 1
    }
    return PipeTransfer(.done(0), wakesReaders: writers == 0, wakesWriters: readers == 0)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    guard count > 0 else { return PipeTransfer(.done(0)) }
    guard used > 0 else {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let wasFull = used == pipeSlots
    var bytes: [UInt8] = []
    while bytes.count < count, used > 0 {
      let page = pages[first]
      let end = min(page.bytes.count, page.start + count - bytes.count)
      bytes += page.bytes[page.start..<end]
      if end < page.bytes.count {
        pages[first].start = end
      } else {
        pages[first] = Page()
        first += 1
        used -= 1
        if used == 0 { first = 0 }
      }
    }
    self.count -= bytes.count
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: wasFull && used < pipeSlots)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    guard total > 0 else { return PipeTransfer(.done(0)) }
    guard readers > 0 else { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = used == 0
    var rest = bytes
    let small = bytes.count % pageSize
    let last = first + used - 1
    if bytes.count == total, small > 0, used > 0, pages[last].bytes.count + small <= pageSize {
      pages[last].bytes += rest.prefix(small)
      rest = rest.dropFirst(small)
    }
    while !rest.isEmpty, used < pipeSlots {
      pages[first + used] = Page(bytes: Array(rest.prefix(pageSize)))
      rest = rest.dropFirst(pageSize)
      used += 1
    }
    let moved = bytes.count - rest.count
    count += moved
    let wakesReaders = wasEmpty && moved > 0
    if rest.isEmpty || (nonblocking && moved > 0) {
      return PipeTransfer(.done(moved), wakesReaders: wakesReaders)
    }
    return nonblocking
      ? PipeTransfer(.failed(.EAGAIN)) : PipeTransfer(.sleep(progress: moved), wakesReaders: wakesReaders)
  }
}
