// Misconception: each CPU remembers its place, so that no search is needed; the wake-ups write all places again, but
// finishWait() moves up the entries after its own without updating theirs.
// Breaks: finish-leaves in again
// Killed by: next-in-line, oldest-first
import Interleave
import LabKernel

/// A line of entries, oldest first, and of each CPU its place in it.
struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// Of those in line, oldest first, twice the CPU, and 1 more if it waits exclusively.
  private let line: [SharedCell]
  /// How many of `line` are in use.
  private let length = Atomic(0)
  /// Of each CPU its place in line, -1 if it is not in.
  private let places: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    places = (0..<cpus).map { _ in SharedCell(-1) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    withLock {
      let me = currentCPU
      var place = places[me].read()
      if place < 0 {
        place = length.load(ordering: .relaxed)
        places[me].write(place)
        length.store(place + 1, ordering: .relaxed)
      }
      line[place].write(2 * me + (exclusive ? 1 : 0))
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    withLock {
      setCurrentState(.running, ordering: .relaxed)
      let me = currentCPU
      var place = places[me].read()
      if place < 0 { return }
      places[me].write(-1)
      let count = length.load(ordering: .relaxed)
      while place + 1 < count {
        line[place].write(line[place + 1].read())
        place += 1
      }
      length.store(count - 1, ordering: .relaxed)
    }
  }

  func wakeUp() { wakeLine(exclusive: 1) }

  func wakeUpAll() { wakeLine(exclusive: Int.max) }

  /// Wakes, and writes those who stay anew, from the front.
  private func wakeLine(exclusive limit: Int) {
    withLock {
      var left = limit
      var kept = 0
      for place in 0..<length.load(ordering: .relaxed) {
        let entry = line[place].read()
        let cpu = entry / 2
        if entry % 2 == 1 && left == 0 {
          line[kept].write(entry)
          places[cpu].write(kept)
          kept += 1
        } else {
          places[cpu].write(-1)
          if wake(cpu) && entry % 2 == 1 { left -= 1 }
        }
      }
      length.store(kept, ordering: .relaxed)
    }
  }

  private func withLock(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
