internal import Interleave
internal import LabKernel

/// One lock and what it protects, as a code of a scene sees them.
///
/// It is a class because a CPU records in it, from step to step, whether it holds the lock.
final class LockStage {
  /// The lock under test.
  private let lock: Subject<any SpinLock>
  private let protected: TicketLockLab.Protected
  private let asksForInterrupts: Bool
  private let noTryPasses: Bool
  private let inside = Atomic(0)
  private let plainCount: SharedCell
  private let relaxedCount: Atomic
  private let signals = Signals(words: 3)
  private let silence = Silence()

  /// A lock that no CPU holds, with what it protects.
  init(_ lock: Subject<any SpinLock>, _ scene: TicketLockLab.Scene) {
    self.lock = lock
    protected = scene.protected
    asksForInterrupts = scene.asksForInterrupts
    noTryPasses = scene.noTryPasses
    plainCount = SharedCell(0)
    relaxedCount = Atomic(0)
  }

  /// Gives names to the locations that tables show.
  func name(in scenario: inout Scenario) {
    scenario.name(signals.words, "signals")
    switch protected {
    case .nothing, .presence: break
    case .plainCount: scenario.name(plainCount, "count")
    case .relaxedCount: scenario.name(relaxedCount, "count")
    }
  }

  /// Does the steps of a CPU or of a handler, one after the other.
  func perform(_ steps: [TicketLockLab.Step], inHandler: Bool = false) {
    var hasLock = false
    var interrupts = InterruptFlags(areChecked: asksForInterrupts)
    for step in steps {
      switch step {
      case .lock:
        if noTryPasses && !inHandler { observe(SeenOfLock.comes, 1) }
        lock.call("lock()") { $0.lock() }
        if noTryPasses && !inHandler { observe(SeenOfLock.getsIt, 1) }
        interrupts.check(after: "lock()")
        hasLock = true
        comeIn()
      case .tryLock:
        let isMine = lock.call("tryLock()") { $0.tryLock() }
        observe(inHandler ? SeenOfLock.answerInHandler : SeenOfLock.answer, isMine ? 1 : 0)
        interrupts.check(after: "tryLock()")
        guard isMine else { continue }
        hasLock = true
        comeIn()
      case .unlock:
        guard hasLock else { continue }
        hasLock = false
        goOut()
        lock.call("unlock()") { $0.unlock() }
        interrupts.check(after: "unlock()")
      case .untilQuiet:
        silence.waitUntilQuiet()
        if noTryPasses { observe(SeenOfLock.quiet, 1) }
      case .signal(let number): signals.give(number)
      case .wait(let number): signals.await(number)
      case .irqSave: interrupts.save()
      case .irqRestore: interrupts.restore()
      }
    }
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
