// Design: places are given out in order and never moved: an entry that leaves is a hole, and when the last entry
// leaves the places start again at the first.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private static let hole = -1
  private let lock: any SpinLock
  private let places = (0..<8).map { _ in SharedCell(hole) }
  private let used = SharedCell(0)
  private let inLine = Atomic(0)

  init(cpus: Int, lock: any SpinLock) { self.lock = lock }

  var isActive: Bool { inLine.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let flags = acquire()
    let value = currentCPU * 2 + (exclusive ? 1 : 0)
    if let place = place(of: currentCPU) {
      places[place].write(value)
    } else {
      if used.read() == places.count { close() }
      places[used.read()].write(value)
      used.write(used.read() + 1)
      inLine.fetchAdd(1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    release(flags)
  }

  func finishWait() {
    let flags = acquire()
    if let place = place(of: currentCPU) { leave(place) }
    release(flags)
    setCurrentState(.running, ordering: .relaxed)
  }

  func wakeUp() { wakeUp(exclusive: 1) }

  func wakeUpAll() { wakeUp(exclusive: .max) }

  private func wakeUp(exclusive count: Int) {
    let flags = acquire()
    var left = count
    for place in 0..<used.read() {
      let value = places[place].read()
      if value == Self.hole { continue }
      if value % 2 == 1, left == 0 { continue }
      guard wake(value / 2) else { continue }
      leave(place)
      if value % 2 == 1 { left -= 1 }
    }
    release(flags)
  }

  private func place(of cpu: Int) -> Int? {
    (0..<used.read()).first { place in
      let value = places[place].read()
      return value != Self.hole && value / 2 == cpu
    }
  }

  private func leave(_ place: Int) {
    places[place].write(Self.hole)
    if inLine.fetchAdd(-1, ordering: .relaxed) == 1 { used.write(0) }
  }

  /// Moves all entries together at the beginning.
  private func close() {
    let entries = places.map { $0.read() }.filter { $0 != Self.hole }
    for (place, cell) in places.enumerated() { cell.write(place < entries.count ? entries[place] : Self.hole) }
    used.write(entries.count)
  }

  private func acquire() -> Int {
    let flags = irqSave()
    lock.lock()
    return flags
  }

  private func release(_ flags: Int) {
    lock.unlock()
    irqRestore(flags)
  }
}
