internal import Interleave

/// One lock and what it protects, as a code of a scene sees it.
///
/// It is a class because a CPU remembers in it, from step to step, whether it has the lock.
final class LockStage {
  /// The lock under test.
  private let lock: Subject<any SpinLock>
  private let protected: TicketLockLab.Protected
  private let inside = Atomic(0)
  private let plainCount: SharedCell
  private let relaxedCount: Atomic
  private let signals = [Atomic(0), Atomic(0), Atomic(0)]
  private let silence = Silence()

  /// A lock that nobody holds, with what is used under it.
  init(_ lock: Subject<any SpinLock>, _ protected: TicketLockLab.Protected) {
    self.lock = lock
    self.protected = protected
    plainCount = SharedCell(0)
    relaxedCount = Atomic(0)
  }

  /// Gives names to what is to be seen in tables.
  func name(in scenario: inout Scenario) {
    scenario.name(signals, "signals")
    switch protected {
    case .nothing, .presence: break
    case .plainCount: scenario.name(plainCount, "count")
    case .relaxedCount: scenario.name(relaxedCount, "count")
    }
  }

  /// Does the steps of a CPU or of a handler, one after the other.
  func perform(_ steps: [TicketLockLab.Step], inHandler: Bool = false) {
    var hasLock = false
    var flags: [Int] = []
    for step in steps {
      switch step {
      case .lock:
        lock.call("lock()") { $0.lock() }
        hasLock = true
        comeIn()
      case .tryLock:
        guard tryLock(inHandler: inHandler) else { continue }
        hasLock = true
        comeIn()
      case .unlock:
        guard hasLock else { continue }
        hasLock = false
        goOut()
        lock.call("unlock()") { $0.unlock() }
      case .untilQuiet: silence.waitUntilQuiet()
      case .signal(let number): signals[number].store(1, ordering: .releasing)
      case .wait(let number): signals[number].spin(until: { $0 == 1 }, ordering: .acquiring)
      case .irqSave: flags.append(Interleave.irqSave())
      case .irqRestore: if let saved = flags.popLast() { Interleave.irqRestore(saved) }
      }
    }
  }

  /// Tells whether interrupts are on.
  func tellInterrupts() {
    let flags = Interleave.irqSave()
    observe(SeenOfLock.interrupts, flags)
    Interleave.irqRestore(flags)
  }

  private func tryLock(inHandler: Bool) -> Bool {
    let hasLock = lock.call("tryLock()") { $0.tryLock() }
    observe(inHandler ? SeenOfLock.answerInHandler : SeenOfLock.answer, hasLock ? 1 : 0)
    return hasLock
  }

  private func comeIn() {
    let others = protected == .presence ? inside.fetchAdd(1, ordering: .relaxed) : 0
    observe(SeenOfLock.entry, others)
    holds(true)
    switch protected {
    case .nothing, .presence: break
    case .plainCount: plainCount.write(plainCount.read() &+ 1)
    case .relaxedCount: relaxedCount.store(relaxedCount.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
    }
  }

  private func goOut() {
    holds(false)
    if protected == .presence { inside.fetchAdd(-1, ordering: .relaxed) }
  }
}
