extension RuleTable {
  /// The wait queue: which CPUs are there, how they wait, interrupts, weak memory.
  static let waitQueue = RuleTable(
    "wait-queue",
    contexts: [
      "alone", "second-cpu", "several", "two-wakers", "again", "exclusive", "interrupts-off", "handler", "weak-memory",
    ],
    empty: entries.merging(wakeUps) { entry, _ in entry }.merging(orders) { entry, _ in entry })

  /// Rules about being on the queue.
  private static let entries: [String: [String: String]] = [
    "oldest-first": [
      "alone": "the only CPU on the queue is the oldest", "two-wakers": oneByOne, "interrupts-off": noInterrupts,
      "handler": sameCalls, "weak-memory": underTheLock,
    ],
    "keeps-its-place": [
      "two-wakers": ownCall, "interrupts-off": noInterrupts, "handler": neverWaits, "weak-memory": underTheLock,
    ],
    "as-now": [
      "alone": "alone on the queue, a CPU is woken whichever way it waits", "two-wakers": ownCall,
      "interrupts-off": noInterrupts, "handler": neverWaits, "weak-memory": underTheLock,
    ],
    "marks-asleep": [
      "second-cpu": ownCall, "several": ownCall, "two-wakers": ownCall, "interrupts-off": noInterrupts,
      "handler": neverWaits, "weak-memory": "that the mark is seen in time is the rule of the full barrier",
    ],
    "finish-runs": [
      "several": ownCall, "two-wakers": ownCall, "handler": neverWaits, "weak-memory": "a CPU sees its own stores",
    ],
    "finish-leaves": ["handler": neverWaits, "weak-memory": underTheLock],
    "is-active": [
      "two-wakers": "it is asked while no other CPU does anything", "interrupts-off": noInterrupts,
      "handler": sameCalls, "weak-memory": "it is asked while no other CPU does anything",
    ],
    "active-takes-no-lock": [
      "several": oneLook, "two-wakers": oneLook, "again": oneLook, "exclusive": oneLook,
      "interrupts-off": noInterrupts, "weak-memory": oneLook,
    ],
    "interrupts-kept": ["weak-memory": "interrupts are not memory"],
  ]

  /// Rules about wake-ups.
  private static let wakeUps: [String: [String: String]] = [
    "ordinary-waiters": [
      "alone": noSleeper, "two-wakers": oneByOne, "handler": sameCalls, "weak-memory": underTheLock,
    ],
    "one-exclusive": [
      "alone": noSleeper, "second-cpu": "that a single waiter is woken is the rule that no wake-up is lost",
      "handler": sameCalls, "weak-memory": underTheLock,
    ],
    "wake-all": ["alone": noSleeper, "handler": sameCalls, "weak-memory": underTheLock],
    "woken-is-out": ["two-wakers": oneByOne, "handler": sameCalls, "weak-memory": underTheLock],
    "awake-does-not-count": [
      "two-wakers": oneByOne, "interrupts-off": noInterrupts, "handler": sameCalls, "weak-memory": underTheLock,
    ],
    "no-wake-up-lost": [
      "alone": noSleeper, "handler": sameCalls, "weak-memory": "barriers are rules of their own",
    ],
    "woken-for-nothing": [
      "alone": noSleeper, "two-wakers": "being woken twice for no reason is like being woken once",
      "interrupts-off": noInterrupts, "handler": sameCalls, "weak-memory": "barriers are rules of their own",
    ],
    "handlers": [
      "several": "a handler interrupts one CPU, however many wait", "two-wakers": oneByOne,
      "interrupts-off": "with interrupts off no handler comes", "weak-memory": underTheLock,
    ],
  ]

  /// Rules about the order of loads and stores.
  private static let orders: [String: [String: String]] = [
    "full-barrier": [
      "alone": "a CPU sees its own stores", "several": another, "two-wakers": another, "handler": neverWaits,
    ],
    "no-barrier-from-the-waker": [
      "alone": "a CPU sees its own stores", "several": another, "two-wakers": another,
      "again": "each wake-up begins with a look of its own",
      "exclusive": "how a task waits is read under the lock, after the look", "handler": sameCalls,
    ],
    "skip-after-a-barrier": [
      "alone": "a CPU sees its own stores", "again": "a CPU that is on the queue already is seen there",
      "interrupts-off": noInterrupts, "handler": sameCalls,
    ],
  ]

  private static let oneByOne = "two wake-ups acquire the lock one after the other"
  private static let ownCall = "it is about one call of one CPU"
  private static let noInterrupts = "it is not about interrupts, and keeping them is a rule of its own"
  private static let sameCalls = "a handler calls the same functions as its CPU"
  private static let neverWaits = "a handler never waits"
  private static let underTheLock = "the queue is used under the lock, which orders it"
  private static let noSleeper = "a CPU that wakes does not sleep"
  private static let oneLook = "isActive is one look, whatever is on the queue"
  private static let another = "a third CPU sees what a second sees"
}
