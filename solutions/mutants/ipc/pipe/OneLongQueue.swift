// Misconception: 64 KiB means 65536 bytes of room, wherever they are.
// Breaks: slots in blocking
// Plainly.
// Killed by: full-pipe, shared-pages, long-writes, emptied-slots, nonblocking, ring-wraps, many-sleepers,
//   merging, atomic-writes, large-writes, slot-release, mixed-traffic
import LabKernel

struct RingPipe: Pipe {
  private var stream: [UInt8] = []
  private var readers = 0
  private var writers = 0
  private let capacity = pipeSlots * pageSize

  init() {}

  var count: Int { stream.count }

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
    if stream.isEmpty {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let taken = Array(stream.prefix(count))
    stream.removeFirst(taken.count)
    return PipeTransfer(.done(taken.count), bytes: taken, wakesWriters: true)
  }

  mutating func write(_ content: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if total == 0 { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let room = capacity - stream.count
    let isAtomic = total <= pipeBufferSize
    let moved = isAtomic && room < content.count ? 0 : min(room, content.count)
    stream += content.prefix(moved)
    if moved == content.count || (nonblocking && moved > 0) {
      return PipeTransfer(.done(moved), wakesReaders: true)
    }
    return nonblocking
      ? PipeTransfer(.failed(.EAGAIN)) : PipeTransfer(.sleep(progress: moved), wakesReaders: moved > 0)
  }
}
