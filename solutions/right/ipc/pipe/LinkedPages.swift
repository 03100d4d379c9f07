// Design: a list of nodes that point to each other, in a class; the pipe is a class, too.
import LabKernel

final class RingPipe: Pipe, @unchecked Sendable {
  private final class Node {
    var bytes: [UInt8]
    var next: Node?
    var read = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }
  }

  private var first: Node?
  private weak var last: Node?
  private var nodes = 0
  private var ends = [0, 0]
  private(set) var count = 0

  required init() {}

  func open(_ end: PipeEnd) { ends[end == .read ? 0 : 1] += 1 }

  func close(_ end: PipeEnd) -> PipeTransfer {
    ends[end == .read ? 0 : 1] -= 1
    return PipeTransfer(.done(0), wakesReaders: ends[1] == 0, wakesWriters: ends[0] == 0)
  }

  func read(_ wanted: Int, nonblocking: Bool) -> PipeTransfer {
    if wanted == 0 { return PipeTransfer(.done(0)) }
    if first == nil {
      guard ends[1] > 0 else { return PipeTransfer(.done(0)) }
      return nonblocking ? PipeTransfer(.failed(.EAGAIN)) : PipeTransfer(.sleep(progress: 0))
    }
    var taken: [UInt8] = []
    var isFreed = false
    while let node = first, taken.count < wanted {
      let end = min(node.bytes.count, node.read + wanted - taken.count)
      taken += node.bytes[node.read..<end]
      node.read = end
      if node.read == node.bytes.count {
        first = node.next
        nodes -= 1
        isFreed = true
      }
    }
    count -= taken.count
    return PipeTransfer(.done(taken.count), bytes: taken, wakesWriters: isFreed)
  }

  func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if ends[0] == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = first == nil
    var place = bytes.startIndex
    let odd = bytes.count % 4096
    if bytes.count == total, odd != 0, !wasEmpty, let last, last.bytes.count + odd <= 4096 {
      last.bytes += bytes[place..<place + odd]
      place += odd
    }
    while place < bytes.endIndex && nodes < 16 {
      let next = min(place + 4096, bytes.endIndex)
      let node = Node(Array(bytes[place..<next]))
      if first == nil { first = node } else { last?.next = node }
      last = node
      nodes += 1
      place = next
    }
    let moved = place - bytes.startIndex
    count += moved
    if place == bytes.endIndex { return PipeTransfer(.done(moved), wakesReaders: wasEmpty) }
    if moved == 0 { return nonblocking ? PipeTransfer(.failed(.EAGAIN)) : PipeTransfer(.sleep(progress: 0)) }
    return PipeTransfer(nonblocking ? .done(moved) : .sleep(progress: moved), wakesReaders: wasEmpty)
  }
}
