// Design: an array of pages, the oldest first; each is an array of bytes from which bytes are removed as they are
// read.
import LabKernel

struct RingPipe: Pipe {
  private var pages: [(bytes: [UInt8], end: Int)] = []
  private var openEnds: [PipeEnd: Int] = [:]

  init() {}

  var count: Int { pages.map(\.bytes.count).reduce(0, +) }

  mutating func open(_ end: PipeEnd) { openEnds[end, default: 0] += 1 }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    openEnds[end, default: 0] -= 1
    let isLast = openEnds[end] == 0
    return PipeTransfer(.done(0), wakesReaders: isLast && end == .write, wakesWriters: isLast && end == .read)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    guard count > 0 else { return PipeTransfer(.done(0)) }
    guard !pages.isEmpty else {
      if openEnds[.write, default: 0] == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let before = pages.count
    var taken: [UInt8] = []
    while taken.count < count, !pages.isEmpty {
      let part = pages[0].bytes.prefix(count - taken.count)
      taken += part
      pages[0].bytes.removeFirst(part.count)
      if pages[0].bytes.isEmpty { pages.removeFirst() }
    }
    return PipeTransfer(.done(taken.count), bytes: taken, wakesWriters: before == 16 && pages.count < 16)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    guard !bytes.isEmpty else { return PipeTransfer(.done(0)) }
    guard openEnds[.read, default: 0] > 0 else { return PipeTransfer(.failed(.EPIPE)) }
    let wakes = pages.isEmpty
    var left = Array(bytes)
    let odd = left.count % 4096
    if left.count == total, odd > 0, let last = pages.indices.last, pages[last].end + odd <= 4096 {
      pages[last].bytes += left.prefix(odd)
      pages[last].end += odd
      left.removeFirst(odd)
    }
    while !left.isEmpty, pages.count < 16 {
      let part = Array(left.prefix(4096))
      pages.append((part, part.count))
      left.removeFirst(part.count)
    }
    let moved = bytes.count - left.count
    switch (left.isEmpty, nonblocking, moved) {
    case (true, _, _), (false, true, 1...): return PipeTransfer(.done(moved), wakesReaders: wakes && moved > 0)
    case (false, true, _): return PipeTransfer(.failed(.EAGAIN))
    case (false, false, _): return PipeTransfer(.sleep(progress: moved), wakesReaders: wakes && moved > 0)
    }
  }
}
