// Design: nothing is forgotten: all bytes ever written, and numbers that say how far each slot and each reader has
// got.
import LabKernel

struct RingPipe: Pipe {
  private var all: [UInt8] = []
  /// Where each slot that was ever opened begins and ends in `all`, and how far its page is filled.
  private var slots: [(start: Int, end: Int)] = []
  private var position = 0
  private var openings = (read: 0, write: 0)
  private var closings = (read: 0, write: 0)

  init() {}

  var count: Int { all.count - position }
  private var firstInUse: Int { slots.lastIndex { $0.end <= position }.map { $0 + 1 } ?? 0 }
  private var inUse: Int { slots.count - firstInUse }

  mutating func open(_ end: PipeEnd) { if case .read = end { openings.read += 1 } else { openings.write += 1 } }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    if case .read = end { closings.read += 1 } else { closings.write += 1 }
    return PipeTransfer(
      .done(0), wakesReaders: openings.write == closings.write, wakesWriters: openings.read == closings.read)
  }

  mutating func read(_ wanted: Int, nonblocking: Bool) -> PipeTransfer {
    if wanted == 0 { return PipeTransfer(.done(0)) }
    if count == 0 {
      if openings.write == closings.write { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let before = inUse
    let end = min(all.count, position + wanted)
    let bytes = Array(all[position..<end])
    position = end
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: before == 16 && inUse < 16)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if openings.read == closings.read { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = count == 0
    let before = all.count
    var left = bytes
    let odd = bytes.count % 4096
    if bytes.count == total, inUse > 0, let last = slots.last, last.end - last.start + odd <= 4096 {
      all += left.prefix(odd)
      slots[slots.count - 1].end += odd
      left = left.dropFirst(odd)
    }
    while !left.isEmpty, inUse < 16 {
      slots.append((all.count, all.count + min(4096, left.count)))
      all += left.prefix(4096)
      left = left.dropFirst(4096)
    }
    let moved = all.count - before
    if left.isEmpty { return PipeTransfer(.done(moved), wakesReaders: wasEmpty) }
    if nonblocking {
      return moved > 0 ? PipeTransfer(.done(moved), wakesReaders: wasEmpty) : PipeTransfer(.failed(.EAGAIN))
    }
    return PipeTransfer(.sleep(progress: moved), wakesReaders: wasEmpty && moved > 0)
  }
}
