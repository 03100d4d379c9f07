// Misconception: the number of bytes read from the first page is kept once for the pipe; a read that ends in another
// page than it began in sets it to all the bytes that this read has taken, including those from the pages before.
// Breaks: merging in half-read
// Killed by: merging
import LabKernel

struct RingPipe: Pipe {
  /// The unread bytes of each slot in use, the oldest first.
  private var pages: [[UInt8]] = []
  /// How many bytes of the first page have been read; of all others nothing has.
  private var consumed = 0
  private var openReaders = 0
  private var openWriters = 0

  init() {}

  var count: Int { pages.reduce(0) { $0 + $1.count } }

  mutating func open(_ end: PipeEnd) {
    if end == .read { openReaders += 1 } else { openWriters += 1 }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    if end == .read { openReaders -= 1 } else { openWriters -= 1 }
    return PipeTransfer(
      .done(0),
      wakesReaders: end == .write && openWriters == 0,
      wakesWriters: end == .read && openReaders == 0)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 { return PipeTransfer(.done(0)) }
    if pages.isEmpty {
      if openWriters == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let wasFull = pages.count == pipeSlots
    var bytes: [UInt8] = []
    var emptied = 0
    var endsInside = false
    while bytes.count < count, let page = pages.first {
      let n = min(count - bytes.count, page.count)
      bytes += page.prefix(n)
      endsInside = n < page.count
      if endsInside {
        pages[0].removeFirst(n)
      } else {
        pages.removeFirst()
        emptied += 1
      }
    }
    let taken = bytes.count
    if !endsInside {
      consumed = 0
    } else if emptied == 0 {
      consumed += taken
    } else {
      consumed = taken
    }
    return PipeTransfer(.done(taken), bytes: bytes, wakesWriters: wasFull && emptied > 0)
  }

  /// How many bytes fit behind the last.
  private var roomBehind: Int {
    guard let last = pages.last else { return 0 }
    return pipeBufferSize - last.count - (pages.count == 1 ? consumed : 0)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if openReaders == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = pages.isEmpty
    var at = bytes.startIndex
    let odd = bytes.count % pipeBufferSize
    if bytes.count == total, odd != 0, roomBehind >= odd {
      pages[pages.count - 1] += bytes[at..<at + odd]
      at += odd
    }
    while at < bytes.endIndex, pages.count < pipeSlots {
      let next = min(at + pipeBufferSize, bytes.endIndex)
      pages.append(Array(bytes[at..<next]))
      at = next
    }
    let moved = at - bytes.startIndex
    let answer: PipeAnswer =
      at == bytes.endIndex || nonblocking && moved > 0
      ? .done(moved) : nonblocking ? .failed(.EAGAIN) : .sleep(progress: moved)
    return PipeTransfer(answer, wakesReaders: wasEmpty && moved > 0)
  }
}
