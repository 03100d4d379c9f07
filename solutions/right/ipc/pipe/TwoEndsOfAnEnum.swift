// Design: recursion over a list that is an enum; each call makes a new list.
import LabKernel

struct RingPipe: Pipe {
  private indirect enum List: Sendable {
    case end
    case slot(unread: ArraySlice<UInt8>, room: Int, List)

    var length: Int {
      switch self {
      case .end: 0
      case .slot(_, _, let rest): 1 + rest.length
      }
    }

    var bytes: Int {
      switch self {
      case .end: 0
      case .slot(let unread, _, let rest): unread.count + rest.bytes
      }
    }

    func taking(_ wanted: Int) -> ([UInt8], List) {
      guard wanted > 0, case .slot(let unread, let room, let rest) = self else { return ([], self) }
      if unread.count > wanted {
        return (Array(unread.prefix(wanted)), .slot(unread: unread.dropFirst(wanted), room: room, rest))
      }
      let (more, list) = rest.taking(wanted - unread.count)
      return (unread + more, list)
    }

    func merging(_ odd: ArraySlice<UInt8>) -> List? {
      switch self {
      case .end: nil
      case .slot(let unread, let room, .end):
        odd.count <= room && !odd.isEmpty ? .slot(unread: unread + odd, room: room - odd.count, .end) : nil
      case .slot(let unread, let room, let rest): rest.merging(odd).map { .slot(unread: unread, room: room, $0) }
      }
    }

    func appending(_ bytes: ArraySlice<UInt8>, free: Int) -> (List, ArraySlice<UInt8>) {
      switch self {
      case .end:
        guard free > 0, !bytes.isEmpty else { return (.end, bytes) }
        let page = bytes.prefix(4096)
        let (rest, left) = List.end.appending(bytes.dropFirst(page.count), free: free - 1)
        return (.slot(unread: page, room: 4096 - page.count, rest), left)
      case .slot(let unread, let room, let rest):
        let (list, left) = rest.appending(bytes, free: free)
        return (.slot(unread: unread, room: room, list), left)
      }
    }
  }

  private var list = List.end
  private var readers = 0
  private var writers = 0

  init() {}

  var count: Int { list.bytes }

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
    guard case .slot = list else {
      return PipeTransfer(writers == 0 ? .done(0) : nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let before = list.length
    let (bytes, rest) = list.taking(count)
    list = rest
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: list.length < before)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let before = list.bytes
    var left = bytes
    if bytes.count == total, let merged = list.merging(bytes.prefix(bytes.count % 4096)) {
      list = merged
      left = bytes.dropFirst(bytes.count % 4096)
    }
    (list, left) = list.appending(left, free: 16 - list.length)
    let moved = bytes.count - left.count
    let answer: PipeAnswer =
      if left.isEmpty || nonblocking && moved > 0 { .done(moved) } else if nonblocking { .failed(.EAGAIN) } else {
        .sleep(progress: moved)
      }
    return PipeTransfer(answer, wakesReaders: before == 0 && moved > 0)
  }
}
