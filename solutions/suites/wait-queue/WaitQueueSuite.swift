import Interleave
import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the wait-queue lab.
enum WaitQueueSuite {
  /// From the plain to the subtle.
  static let suite = WaitQueueChecks.suite(
    .hidden,
    [
      oldestFirst, mixedWaiters, nextInLine, comingAndGoing, awakeInLine, wokenForNothing, handlers, interruptsStayOff,
      weakOrder,
      activeLook,
    ])

  private static let exclusively = WaitQueueLab.Step.waitUntilReady(exclusive: true)
  private static let normally = WaitQueueLab.Step.waitUntilReady(exclusive: false)
  private static let exclusiveOnce = WaitQueueScenes.once(exclusive: true)
  private static let normalOnce = WaitQueueScenes.once(exclusive: false)

  private static let oldestFirst = WaitQueueChecks.check(
    "oldest-first", "the exclusive waiter that came first is woken first",
    rule: "Of those that wait exclusively wakeUp() wakes the one that has been in line longest.",
    [
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce], [.wakeUp], woken: [1], left: [2, 3]),
      // The one who came first was woken for nothing, and stays where it is; or was woken by the queue, and is last now.
      WaitQueueScenes.asleep(
        [[exclusively], [exclusively]], [.wake(1), .untilQuiet, .makeReady, .wakeUp], woken: [1], left: [1]),
      WaitQueueLab.Scene(
        [
          [
            .signal(0), .untilQuiet, .signal(1), .untilQuiet, .wakeUp, .untilQuiet, .makeReady, .wakeUp, .untilQuiet,
            .wakeUpAll,
          ],
          [.wait(0), exclusively], [.wait(1), exclusively],
        ], woken: [[], [], [1], [2], [1]]),
      // CPU 1 came first, though at that time it did not wait exclusively.
      WaitQueueScenes.asleep(
        [normalOnce + exclusiveOnce, exclusiveOnce], [.wake(1), .untilQuiet, .wakeUp], woken: [1], left: [1]),
    ])

  private static let mixedWaiters = WaitQueueChecks.check(
    "mixed-waiters", "wakeUp() wakes all ordinary waiters, wherever they stand",
    rule: "wakeUp() wakes all that do not wait exclusively, and one of those that do.",
    [
      WaitQueueScenes.asleep([exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 2], left: []),
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 3], left: [2]),
      WaitQueueScenes.asleep([normalOnce, exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 2, 3], left: []),
      // CPU 2 waited exclusively first, and does not any more.
      WaitQueueScenes.asleep(
        [exclusiveOnce, [.prepareToWait(exclusive: true)] + normalOnce], [.wakeUp], woken: [1, 2], left: []),
    ])

  private static let nextInLine = WaitQueueChecks.check(
    "next-in-line", "two wake-ups reach two waiters",
    rule: "Who has been woken, or has gone, is out of line: the next wake-up is for the next one.",
    [
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce], [.wakeUp, .wakeUp], woken: [1, 2], left: [3]),
      // CPU 0 has been in line itself.
      WaitQueueScenes.asleep(
        [[exclusively]], [.prepareToWait(exclusive: true), .finishWait, .makeReady, .wakeUp], woken: [1], left: []),
      // Who is in line before the sleepers goes away.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .finishWait, .makeReady, .wakeUp, .untilQuiet,
            .wakeUpAll,
          ],
          [.wait(0), exclusively],
        ], woken: [[], [1], []]),
      // Who was woken before it slept is out of line, too.
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .signal(0), .wait(1), .isActive(false), .finishWait],
        [.wait(0), .wakeUp, .signal(1)],
      ]),
    ])

  private static let comingAndGoing = WaitQueueChecks.check(
    "coming-and-going", "others may come and go while somebody is woken",
    rule: "The line holds, whoever joins it, leaves it and wakes it up at the same moment.",
    [
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .finishWait], [.prepareToWait(exclusive: true), .finishWait, .park],
      ]),
      WaitQueueLab.Scene([[normally, .park], [.wakeUpAll, .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([
        [.untilQuiet, .signal(0), .wakeUpAll], normalOnce,
        [.wait(0), .prepareToWait(exclusive: false), .finishWait, .park],
      ]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), .finishWait, .makeReady, .wakeUp], [normally]]),
    ])

  private static let awakeInLine = WaitQueueChecks.check(
    "awake-in-line", "a wake-up is not spent on who is awake",
    rule: "An exclusive waiter that was awake already does not count: the wake-up goes to the next.",
    [
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .wake(0), .makeReady, .wakeUp, .untilQuiet,
            .finishWait, .wakeUpAll,
          ],
          [.wait(0), exclusively],
        ], woken: [[], [1], []])
    ])

  private static let wokenForNothing = WaitQueueChecks.check(
    "woken-for-nothing", "who wakes up for nothing looks, and waits on as before",
    rule: "A waiter may be woken by anybody at any time. It calls prepareToWait() again, and is in line once.",
    [
      WaitQueueLab.Scene([[normally, .isActive(false)], [.wake(0), .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[normally, .isActive(false)], [.wakeUpAll, .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[exclusively, .isActive(false)], [.wakeUp, .makeReady, .wakeUp]]),
      WaitQueueScenes.asleep([[exclusively], [exclusively]], [.wake(1), .wake(2)], woken: [1, 2], left: [1, 2]),
      WaitQueueLab.Scene([[normally], [.wake(0), .makeReady, .wakeUp]]),
    ])

  private static let handlers = WaitQueueChecks.check(
    "handlers", "a wake-up may come from an interrupt handler, at any moment",
    rule: "The lock is held with interrupts off: a handler on the same CPU would wait for it for ever.",
    [
      WaitQueueLab.Scene([[normally]], handlers: [[.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.makeReady, .wakeUpAll], [normally]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[.wakeUp]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), .finishWait]], handlers: [[.wakeUp]]),
    ])

  private static let interruptsStayOff = WaitQueueChecks.check(
    "interrupts-stay-off", "who calls with interrupts off has them off afterwards",
    rule: "Each call leaves interrupts as it found them.",
    [
      WaitQueueLab.Scene(
        [[.irqSave, .prepareToWait(exclusive: false), .enter, .leave, .finishWait, .enter, .leave, .irqRestore]],
        handlers: [[.enter, .leave]]),
      WaitQueueLab.Scene([[.irqSave, .wakeUp, .enter, .leave, .irqRestore]], handlers: [[.enter, .leave]]),
      WaitQueueLab.Scene([[.irqSave, .wakeUpAll, .enter, .leave, .irqRestore]], handlers: [[.enter, .leave]]),
    ])

  private static let weakOrder = WaitQueueChecks.check(
    "weak-order", "no wake-up is lost, whatever the processor does to the order of loads and stores",
    rule: "prepareToWait() is a full barrier. Who stores and then wakes up need not know of barriers at all.",
    models: MemoryModel.allCases,
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAll]]),
      // Woken past the queue, whose lock then orders nothing; the second time it is in line already.
      WaitQueueLab.Scene([[normally], [.makeReady, .wake(0)]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), normally], [.makeReady, .wake(0)]]),
    ])

  private static let activeLook = WaitQueueChecks.check(
    "active-look", "who finds nobody in line after a full barrier need not wake anybody",
    rule: "A store, a full barrier, isActive: if that is false, every prepareToWait() still to come sees the store.",
    models: MemoryModel.allCases,
    [WaitQueueLab.Scene([[normally], [.makeReady, .wakeUpAllIfActive]])])
}
