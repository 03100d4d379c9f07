// Design: as a C programmer would write it: one block of 65536 bytes, tables of starts and lengths, indices with
// masks.
import LabKernel

struct RingPipe: Pipe {
  private var memory = [UInt8](repeating: 0, count: 16 * 4096)
  private var start = [Int](repeating: 0, count: 16)
  private var length = [Int](repeating: 0, count: 16)
  private var tail = 0
  private var used = 0
  private var nreaders = 0
  private var nwriters = 0
  private var total = 0

  init() {}

  var count: Int { return total }

  mutating func open(_ end: PipeEnd) {
    if end == .read { nreaders = nreaders + 1 }
    if end == .write { nwriters = nwriters + 1 }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    var result = PipeTransfer(.done(0))
    if end == .read {
      nreaders = nreaders - 1
      if nreaders == 0 { result.wakesWriters = true }
    } else {
      nwriters = nwriters - 1
      if nwriters == 0 { result.wakesReaders = true }
    }
    return result
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    var result = PipeTransfer(.done(0))
    if count == 0 { return result }
    if used == 0 {
      if nwriters == 0 { return result }
      result.answer = nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0)
      return result
    }
    let full = used == 16
    var n = 0
    while n < count && used > 0 {
      let k = length[tail] < count - n ? length[tail] : count - n
      let from = tail * 4096 + start[tail]
      result.bytes.append(contentsOf: memory[from..<from + k])
      start[tail] += k
      length[tail] -= k
      n += k
      if length[tail] == 0 {
        start[tail] = 0
        tail = (tail + 1) & 15
        used -= 1
      }
    }
    total -= n
    result.answer = .done(n)
    result.wakesWriters = full && used < 16
    return result
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of all: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.count == 0 { return PipeTransfer(.done(0)) }
    if nreaders == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let empty = used == 0
    var at = bytes.startIndex
    if bytes.count == all && !empty {
      let odd = bytes.count & 4095
      let slot = (tail + used - 1) & 15
      let end = start[slot] + length[slot]
      if odd != 0 && end + odd <= 4096 {
        for k in 0..<odd { memory[slot * 4096 + end + k] = bytes[at + k] }
        length[slot] += odd
        at += odd
      }
    }
    while at < bytes.endIndex && used < 16 {
      let slot = (tail + used) & 15
      let k = bytes.endIndex - at < 4096 ? bytes.endIndex - at : 4096
      memory.replaceSubrange(slot * 4096..<slot * 4096 + k, with: bytes[at..<at + k])
      start[slot] = 0
      length[slot] = k
      used += 1
      at += k
    }
    let moved = at - bytes.startIndex
    total += moved
    var result = PipeTransfer(.done(moved), wakesReaders: empty && moved > 0)
    if at < bytes.endIndex {
      if !nonblocking { result.answer = .sleep(progress: moved) }
      if nonblocking && moved == 0 { result.answer = .failed(.EAGAIN) }
    }
    return result
  }
}
