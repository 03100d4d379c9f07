// Design: as a C programmer would write it: tables of integers, lists linked through them, flags and masks; first in,
// first out.
import LabKernel

struct BuddyAllocator: PageAllocator {
  private var next: [Int]
  private var prev: [Int]
  private var state: [Int]
  private var nr = [Int](repeating: 0, count: 11)
  private let n: Int

  // Rows n ... n + 10 are the heads of the lists. state: 0 nothing, 16 + order free, 32 + order in use.
  init(frames: Int) {
    n = frames
    next = Array(0..<frames + 11)
    prev = Array(0..<frames + 11)
    state = [Int](repeating: 0, count: frames)
    var at = 0
    while at < n {
      var k = 10
      while (at & ((1 << k) - 1)) != 0 || at + (1 << k) > n { k -= 1 }
      link(at, k)
      at += 1 << k
    }
  }

  private mutating func link(_ at: Int, _ k: Int) {
    let head = n + k
    let last = prev[head]
    next[last] = at
    prev[at] = last
    next[at] = head
    prev[head] = at
    state[at] = 16 + k
    nr[k] += 1
  }

  private mutating func unlink(_ at: Int, _ k: Int) {
    next[prev[at]] = next[at]
    prev[next[at]] = prev[at]
    state[at] = 0
    nr[k] -= 1
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    var k = order
    while k <= 10 && nr[k] == 0 { k += 1 }
    if k > 10 { return nil }
    let at = next[n + k]
    unlink(at, k)
    while k > order {
      k -= 1
      link(at + (1 << k), k)
    }
    state[at] = 32 + order
    return FrameNumber(at)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    var at = frame.raw
    var k = order
    if k < 0 || k > 10 || at < 0 || at >= n || (at & ((1 << k) - 1)) != 0 || at + (1 << k) > n { throw .foreignFree }
    if state[at] != 32 + k {
      while k <= 10 {
        if state[at & ~((1 << k) - 1)] == 16 + k { throw .doubleFree }
        k += 1
      }
      throw .foreignFree
    }
    state[at] = 0
    while k < 10 {
      let buddy = at ^ (1 << k)
      if buddy >= n || state[buddy] != 16 + k { break }
      unlink(buddy, k)
      at &= buddy
      k += 1
    }
    link(at, k)
  }

  var freeBlocks: [Int] { return nr }
}
