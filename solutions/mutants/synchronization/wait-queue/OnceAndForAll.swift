// Misconception: the way a task waits is fixed when it is queued.
// Breaks: as-now in again
// Plainly.
// Killed by: awake-in-line, in-line, mixed-waiters, next-in-line, oldest-first
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// One place after the other: the CPU that stands there plus one, and 0 behind the last.
  private let places: [SharedCell]
  private let exclusive: [SharedCell]
  private let inLine = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    places = (0...cpus).map { _ in SharedCell(0) }
    exclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { inLine.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive isExclusive: Bool) {
    hold {
      if place(of: currentCPU) == nil {
        exclusive[currentCPU].write(isExclusive ? 1 : 0)
        append(currentCPU)
      }
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    hold { remove(currentCPU) }
  }

  func wakeUp() { wakeUp(limit: 1) }

  func wakeUpAll() { wakeUp(limit: exclusive.count) }

  private func wakeUp(limit: Int) {
    hold {
      var left = limit
      for cpu in cpus() {
        let isExclusive = exclusive[cpu].read() == 1
        if isExclusive, left == 0 { continue }
        guard wake(cpu) else { continue }
        remove(cpu)
        if isExclusive { left -= 1 }
      }
    }
  }

  private func hold(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }

  private func cpus() -> [Int] {
    var cpus: [Int] = []
    for place in places {
      let entry = place.read()
      if entry == 0 { break }
      cpus.append(entry - 1)
    }
    return cpus
  }

  private func place(of cpu: Int) -> Int? { cpus().firstIndex(of: cpu) }

  private func append(_ cpu: Int) {
    let end = cpus().count
    places[end].write(cpu + 1)
    inLine.store(end + 1, ordering: .relaxed)
  }

  private func remove(_ cpu: Int) {
    let all = cpus()
    let rest = all.filter { $0 != cpu }
    if rest.count == all.count { return }
    for place in all.indices { places[place].write(place < rest.count ? rest[place] + 1 : 0) }
    inLine.store(rest.count, ordering: .relaxed)
  }
}
