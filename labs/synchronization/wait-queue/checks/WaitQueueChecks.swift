import Interleave
import Judging
import LabHarness
import LabKernel

/// The visible checks of the wait-queue lab, and the parts that its hidden checks are built from.
public enum WaitQueueChecks {
  /// Run by `labs-cli test wait-queue`.
  public static let suite = suite(
    .visible,
    [
      finishWait, wakesUp, wakeAll, oneExclusive, ordinaryWaiters, inLine, outOfLine, asleepOrAwake, activeTakesNoLock,
      fromAHandler, keepsInterrupts, fullBarrier, skipsAWakeUp,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<WaitQueueLab>]) -> Suite<WaitQueueLab> {
    Suite(
      WaitQueueLab.self, visibility: visibility, unit: "steps", shrinks: WaitQueueScenes.shrinks,
      show: WaitQueueScenes.picture, size: { $0.scene.size }, checks: checks)
  }

  /// Makes a check of the lab; if no model is named, under SC.
  ///
  /// For each seed, some of the scenes are checked once more, with other CPUs in their roles.
  package static func check(
    _ id: String, _ title: String, models: [MemoryModel] = [.sequential], _ scenes: [WaitQueueLab.Scene],
    also: @escaping @Sendable (WaitQueueLab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<WaitQueueLab> {
    Check(
      id: id, title: title, scenes: scenes,
      drawn: { WaitQueueScenes.drawn(from: scenes, seed: $0) }, models: models, also: also
    ).naming(WaitQueueRules.broken)
  }

  private static let finishWait = check(
    "finish-wait", "a task that has finished waiting is off the queue, and awake",
    [
      WaitQueueLab.Scene([
        [.isActive(false), .prepareToWait(exclusive: false), .isActive(true), .finishWait, .isActive(false), .park]
      ]),
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: true), .isActive(true), .finishWait, .isActive(false), .park]
      ]),
      WaitQueueLab.Scene([[.makeReady, .waitUntilReady(exclusive: false), .isActive(false), .park]]),
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: true), .signal(0), .wait(1), .finishWait, .isActive(false), .park],
        [.wait(0), .wakeUp, .signal(1)],
      ]),
    ])

  private static let wakesUp = check(
    "wakes-up", "a waiting task wakes up once its condition is true, however the CPUs run",
    [
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUpAll]]),
    ])

  private static let wakeAll = check(
    "wake-all", "wakeUpAll() wakes every waiter",
    [
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: false)], [.wakeUpAll],
        woken: [1, 2], left: []),
      WaitQueueLab.Scene([
        WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: true), [.untilQuiet, .wakeUpAll],
      ]),
    ])

  private static let oneExclusive = check(
    "one-exclusive", "wakeUp() wakes one exclusive waiter and no other",
    [
      WaitQueueScenes.asleep(
        [[.waitUntilReady(exclusive: true)], [.waitUntilReady(exclusive: true)]], [.makeReady, .wakeUp],
        woken: [1], left: [2])
    ])

  private static let ordinaryWaiters = check(
    "ordinary-waiters", "wakeUp() wakes all non-exclusive waiters, wherever on the queue they are",
    [
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: false)], [.wakeUp], woken: [1, 2],
        left: []),
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: false), WaitQueueScenes.once(exclusive: false)], [.wakeUp], woken: [1, 2],
        left: []),
    ])

  private static let inLine = check(
    "in-line", "of the exclusive waiters, the one that has been on the queue longest is woken",
    [
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: true)], [.wakeUp], woken: [1],
        left: [2]),
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: true)], [.wakeUp], woken: [1],
        left: [2]
      ).withRoles([0, 2, 1]),
      // CPU 1 calls prepareToWait() again, and keeps its place.
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(true, true), WaitQueueScenes.once(exclusive: true)], [.wake(1), .untilQuiet, .wakeUp],
        woken: [1], left: [1]),
      // What counts is how it waits now.
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(false, true), WaitQueueScenes.once(exclusive: true)], [.wake(1), .untilQuiet, .wakeUp],
        woken: [1], left: [1]),
    ])

  private static let outOfLine = check(
    "out-of-line", "two wake-ups wake two exclusive waiters",
    [
      WaitQueueScenes.asleep(
        [WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: true)], [.wakeUp, .wakeUp],
        woken: [1, 2], left: []),
      WaitQueueScenes.asleep(
        [
          WaitQueueScenes.once(exclusive: true), WaitQueueScenes.once(exclusive: true),
          WaitQueueScenes.once(exclusive: true),
        ], [.wakeUp, .wakeUp], woken: [1, 2], left: [3]),
    ])

  private static let asleepOrAwake = check(
    "asleep-or-awake", "a task may be woken for no reason, and a task that is awake does not use up a wake-up",
    [
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false), .isActive(false)], [.wake(0), .makeReady, .wakeUp]]),
      // CPU 0 is on the queue and awake: the wake-up is for CPU 1.
      WaitQueueScenes.awakeInLine,
    ])

  private static let activeTakesNoLock = check(
    "active-takes-no-lock", "isActive says whether a task is on the queue, and acquires no lock",
    [
      WaitQueueLab.Scene([[.isActive(false)]]),
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .signal(0), .untilQuiet, .finishWait], [.wait(0), .isActive(true)],
      ]),
    ],
    also: WaitQueueScenes.looksOnly)

  private static let fromAHandler = check(
    "from-a-handler", "a wake-up may come from an interrupt handler, at any moment",
    [
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)]], handlers: [[.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.wakeUp]], handlers: [[.wakeUpAll]]),
    ])

  private static let keepsInterrupts = check(
    "keeps-interrupts", "each call leaves interrupts as it found them",
    [
      WaitQueueLab.Scene([WaitQueueScenes.everyCall], asksForInterrupts: true),
      WaitQueueLab.Scene([[.irqSave] + WaitQueueScenes.everyCall + [.irqRestore]], asksForInterrupts: true),
    ])

  private static let fullBarrier = check(
    "full-barrier", "what prepareToWait() stores is visible before the check that follows",
    models: [.sequential, .totalStoreOrder],
    [
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wake(0)]]),
    ])

  private static let skipsAWakeUp = check(
    "skips-a-wake-up", "a CPU that finds isActive false after a full barrier may skip the wake-up",
    models: [.sequential, .totalStoreOrder],
    [WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUpAllIfActive]])])
}
