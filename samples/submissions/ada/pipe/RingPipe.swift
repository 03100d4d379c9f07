import LabKernel

/// A pipe as a list of pages, the oldest first, that would rather wake a task too often than too seldom.
struct RingPipe: Pipe {
  private struct Page {
    /// What is still to be read.
    var bytes: [UInt8]
    /// How many bytes were ever put in.
    var filled: Int
  }

  private var pages: [Page] = []
  private var open: [PipeEnd: Int] = [:]

  init() {}

  var count: Int { pages.reduce(0) { $0 + $1.bytes.count } }

  mutating func open(_ end: PipeEnd) { open[end, default: 0] += 1 }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    open[end, default: 0] -= 1
    return PipeTransfer(.done(0), wakesReaders: true, wakesWriters: true)
  }

  private func isOpen(_ end: PipeEnd) -> Bool { open[end, default: 0] > 0 }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 || pages.isEmpty && !isOpen(.write) { return PipeTransfer(.done(0)) }
    if pages.isEmpty { return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0)) }
    var bytes: [UInt8] = []
    while let page = pages.first, bytes.count < count {
      let part = page.bytes.prefix(count - bytes.count)
      bytes += part
      pages[0].bytes.removeFirst(part.count)
      if pages[0].bytes.isEmpty { pages.removeFirst() }
    }
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: true)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    guard isOpen(.read) else { return PipeTransfer(.failed(.EPIPE)) }
    var rest = bytes
    let odd = total % pageSize
    if bytes.count == total, odd > 0, let last = pages.last, last.filled + odd <= pageSize {
      pages[pages.count - 1].bytes += rest.prefix(odd)
      pages[pages.count - 1].filled += odd
      rest = rest.dropFirst(odd)
    }
    while !rest.isEmpty, pages.count < pipeSlots {
      let part = Array(rest.prefix(pageSize))
      pages.append(Page(bytes: part, filled: part.count))
      rest = rest.dropFirst(pageSize)
    }
    let moved = bytes.count - rest.count
    return PipeTransfer(answer(moved, rest.count, nonblocking), wakesReaders: moved > 0)
  }

  private func answer(_ moved: Int, _ left: Int, _ nonblocking: Bool) -> PipeAnswer {
    if left == 0 { return .done(moved) }
    if !nonblocking { return .sleep(progress: moved) }
    return moved > 0 ? .done(moved) : .failed(.EAGAIN)
  }
}
