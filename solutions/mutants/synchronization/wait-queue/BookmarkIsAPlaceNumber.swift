// Misconception: as Linux once did, a long walk pauses after two entries, releases the lock and continues at the
// bookmark; but the bookmark is the number of a place, and if an entry before it leaves meanwhile, the entries after
// it move up past it.
// Breaks: ordinary-waiters in several
// Killed by: mixed-waiters
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let line: [SharedCell]
  private let length = Atomic(0)
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    isExclusive[me].write(exclusive ? 1 : 0)
    let count = length.load(ordering: .relaxed)
    if !(0..<count).contains(where: { line[$0].read() == me }) {
      line[count].write(me)
      length.store(count + 1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running, ordering: .relaxed)
    let count = length.load(ordering: .relaxed)
    if let place = (0..<count).first(where: { line[$0].read() == me }) { remove(at: place) }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() { walk(all: false) }

  func wakeUpAll() { walk(all: true) }

  /// How many entries are looked at before others may have the lock.
  private static let breath = 2

  private func walk(all: Bool) {
    var isSpent = false
    var bookmark = 0
    var isThrough = false
    while !isThrough {
      let flags = irqSave()
      lock.lock()
      var looked = 0
      while looked < Self.breath, bookmark < length.load(ordering: .relaxed) {
        looked += 1
        let cpu = line[bookmark].read()
        if all || isExclusive[cpu].read() == 0 {
          wake(cpu)
          remove(at: bookmark)
        } else if !isSpent, wake(cpu) {
          isSpent = true
          remove(at: bookmark)
        } else {
          bookmark += 1
        }
      }
      isThrough = bookmark >= length.load(ordering: .relaxed)
      lock.unlock()
      irqRestore(flags)
    }
  }

  private func remove(at place: Int) {
    let count = length.load(ordering: .relaxed)
    for behind in place + 1..<max(count, place + 1) { line[behind - 1].write(line[behind].read()) }
    length.store(count - 1, ordering: .relaxed)
  }
}
