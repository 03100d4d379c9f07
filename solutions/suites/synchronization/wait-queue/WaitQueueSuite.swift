import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

/// The hidden checks of the wait-queue lab.
package enum WaitQueueSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = WaitQueueChecks.suite(
    .hidden,
    [
      oldestFirst, mixedWaiters, nextInLine, comingAndGoing, twoWakers, awakeInLine, wokenForNothing, handlers,
      interruptsStayOff, weakOrder, activeLook,
    ])

  static let exclusively = WaitQueueLab.Step.waitUntilReady(exclusive: true)
  static let normally = WaitQueueLab.Step.waitUntilReady(exclusive: false)
  static let exclusiveOnce = WaitQueueScenes.once(exclusive: true)
  static let normalOnce = WaitQueueScenes.once(exclusive: false)

  private static let oldestFirst = WaitQueueChecks.check(
    "oldest-first", "the exclusive waiter that came first is woken first",
    [
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce], [.wakeUp], woken: [1], left: [2, 3]),
      // CPU 1 came first: it was woken for nothing, and keeps its place; or it was woken by the queue, and is last now.
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
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(true, true), exclusiveOnce, exclusiveOnce], [.wake(1), .untilQuiet, .wakeUp],
        woken: [1], left: [1]),
      // The same after the only exclusive waiter has gone, and another one has come.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .finishWait, .signal(1), .untilQuiet, .wake(1),
            .untilQuiet, .wakeUp, .untilQuiet, .wakeUpAll,
          ],
          [.wait(0)] + WaitQueueScenes.twice(false, true), [.wait(1)] + exclusiveOnce,
        ], woken: [[], [], [1], [1], [2]]),
      // CPU 0 came first, left, and came again.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .finishWait, .prepareToWait(exclusive: true),
            .wakeUp, .untilQuiet, .finishWait,
          ],
          [.wait(0)] + exclusiveOnce,
        ], woken: [[], [1]]),
      // CPU 1 came first, though at that time it did not wait exclusively.
      WaitQueueScenes.asleep(
        [normalOnce + exclusiveOnce, exclusiveOnce], [.wake(1), .untilQuiet, .wakeUp], woken: [1], left: [1]),
    ])

  private static let mixedWaiters = WaitQueueChecks.check(
    "mixed-waiters", "wakeUp() wakes all non-exclusive waiters, wherever on the queue they are",
    [
      WaitQueueScenes.asleep([exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 2], left: []),
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 3], left: [2]),
      WaitQueueScenes.asleep([normalOnce, exclusiveOnce, normalOnce], [.wakeUp], woken: [1, 2, 3], left: []),
      // With interrupts off; and a second time.
      WaitQueueScenes.asleep(
        [exclusiveOnce, normalOnce, exclusiveOnce], [.irqSave, .wakeUp, .irqRestore], woken: [1, 2], left: [3]),
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(false, false), exclusiveOnce], [.wakeUp, .untilQuiet, .wakeUp], woken: [1, 2],
        thenWoken: [[1]], left: []),
      // CPU 2 and CPU 3 are queued at the same time, in either order, each in its own way.
      comingAtOnce([exclusiveOnce, normalOnce], woken: [1, 3], left: [2]),
      comingAtOnce([normalOnce, exclusiveOnce], woken: [1, 2], left: [3]),
      comingAtOnce([[.prepareToWait(exclusive: true)] + normalOnce, exclusiveOnce], woken: [1, 2], left: [3]),
      // CPU 0 comes again, in the other way, while CPU 1 after it or before it is woken.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .finishWait, .signal(0), .prepareToWait(exclusive: false), .finishWait,
          ], [.wait(0), .prepareToWait(exclusive: true), .signal(1), .park], [.wait(1), .wakeUp, .untilQuiet],
        ], woken: [[1]]),
      // CPU 0, awake at the head of the queue, leaves during the wake-up.
      WaitQueueLab.Scene(
        [
          [.prepareToWait(exclusive: true), .signal(0), .wait(3), .finishWait], [.wait(1)] + exclusiveOnce,
          [.wait(2)] + normalOnce,
          [.wait(0), .signal(1), .untilQuiet, .signal(2), .untilQuiet, .wake(0), .signal(3), .wakeUp, .untilQuiet],
        ], woken: [[], [], [1, 2]]),
      // CPU 2 waited exclusively at first, and no longer does.
      WaitQueueScenes.asleep(
        [exclusiveOnce, [.prepareToWait(exclusive: true)] + normalOnce], [.wakeUp], woken: [1, 2], left: []),
    ])

  /// CPU 1 sleeps exclusively when CPU 2 and CPU 3 come, both at once; one wake-up follows.
  private static func comingAtOnce(
    _ others: [[WaitQueueLab.Step]], woken: [Int], left: [Int]
  ) -> WaitQueueLab.Scene {
    WaitQueueLab.Scene(
      [
        [.signal(0), .untilQuiet, .signal(1), .untilQuiet, .wakeUp, .untilQuiet, .wakeUpAll, .untilQuiet]
          + [.isActive(false)], [.wait(0)] + exclusiveOnce,
      ] + others.map { [.wait(1)] + $0 }, woken: [[], [], woken, left])
  }

  private static let nextInLine = WaitQueueChecks.check(
    "next-in-line", "two wake-ups wake two waiters",
    [
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce], [.wakeUp, .wakeUp], woken: [1, 2], left: [3]),
      WaitQueueScenes.asleep(
        [exclusiveOnce, normalOnce, exclusiveOnce], [.wakeUp, .wakeUp, .wakeUp], woken: [1, 2, 3], left: []),
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce], [.irqSave, .wakeUp, .wakeUp, .irqRestore, .isActive(false)], woken: [1, 2],
        left: []),
      // All are woken twice, and with interrupts off.
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(true, true), WaitQueueScenes.twice(true, true)],
        [.wakeUpAll, .untilQuiet, .irqSave, .wakeUpAll, .irqRestore], woken: [1, 2], thenWoken: [[1, 2]], left: []),
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce], [.wakeUpAll, .isActive(false)], woken: [1, 2, 3], left: []),
      // All four CPUs are on the queue.
      WaitQueueScenes.asleep(
        [exclusiveOnce, exclusiveOnce, exclusiveOnce],
        [.prepareToWait(exclusive: true), .isActive(true), .finishWait, .wakeUpAll, .isActive(false)],
        woken: [1, 2, 3], left: []),
      // Wake-ups of an empty queue are not kept for the CPU that is queued next.
      WaitQueueLab.Scene(
        [
          [.wakeUp, .wakeUpAll, .signal(0), .untilQuiet, .wakeUp, .untilQuiet, .isActive(false)],
          [.wait(0)] + exclusiveOnce,
        ], woken: [[], [1]]),
      // A task that was woken is queued again, and is last.
      WaitQueueScenes.asleep(
        [WaitQueueScenes.twice(true, true), exclusiveOnce], [.wakeUp, .untilQuiet, .wakeUp, .untilQuiet, .wakeUp],
        woken: [1], thenWoken: [[2], [1]], left: []),
      // CPU 2, in the middle, leaves on its own.
      WaitQueueLab.Scene(
        [
          [
            .signal(0), .untilQuiet, .prepareToWait(exclusive: true), .signal(1), .untilQuiet, .finishWait, .wakeUp,
            .untilQuiet, .wakeUp, .untilQuiet, .isActive(false),
          ],
          [.wait(0)] + exclusiveOnce, [.wait(1)] + exclusiveOnce,
        ], woken: [[], [], [1], [2]]),
      // Many have come and gone.
      WaitQueueLab.Scene(
        [
          Array(
            repeating: [.prepareToWait(exclusive: true), .isActive(true), .finishWait, .isActive(false)], count: 12
          )
          .flatMap(\.self) + [.signal(0), .untilQuiet, .wakeUp, .untilQuiet, .isActive(false)],
          [.wait(0)] + exclusiveOnce,
        ], woken: [[], [1]]),
      // CPU 0 has been on the queue itself.
      WaitQueueScenes.asleep(
        [[exclusively]], [.prepareToWait(exclusive: true), .finishWait, .makeReady, .wakeUp], woken: [1], left: []),
      // The CPU ahead of the sleepers leaves.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .finishWait, .makeReady, .wakeUp, .untilQuiet,
            .wakeUpAll,
          ],
          [.wait(0), exclusively],
        ], woken: [[], [1], []]),
      // The first and the second of three on the queue leave, and those behind them keep their places.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .signal(1), .untilQuiet, .finishWait, .wakeUp,
            .untilQuiet, .wakeUp, .untilQuiet, .isActive(false),
          ],
          [.wait(0)] + exclusiveOnce, [.wait(1)] + exclusiveOnce,
        ], woken: [[], [], [1], [2]]),
      WaitQueueLab.Scene(
        [
          [
            .signal(0), .untilQuiet, .prepareToWait(exclusive: false), .signal(1), .untilQuiet, .signal(2), .untilQuiet,
            .finishWait, .wakeUp, .untilQuiet, .wakeUp, .untilQuiet, .wakeUp,
          ],
          [.wait(0)] + exclusiveOnce, [.wait(1)] + exclusiveOnce, [.wait(2)] + exclusiveOnce,
        ], woken: [[], [], [], [1], [2], [3]]),
      // Two come after so many have come and gone that a number of three or four bits wraps around between them.
      afterComings(7), afterComings(15),
      // The first two of three leave, one after the other.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: false), .signal(0), .untilQuiet, .finishWait, .signal(2), .wait(3), .wakeUp,
            .untilQuiet, .isActive(false),
          ],
          [.wait(0), .prepareToWait(exclusive: false), .signal(1), .wait(2), .finishWait, .signal(3)],
          [.wait(1)] + normalOnce,
        ], woken: [[], [2]]),
      // CPU 0 comes behind CPU 1 and leaves again, once or often, before CPU 2 comes.
      WaitQueueScenes.asleep([normalOnce], comings(5) + [.wakeUpAll], woken: [1], left: []),
      WaitQueueLab.Scene(
        [
          [.signal(0), .untilQuiet] + comings(1) + [.signal(1), .untilQuiet, .wakeUp, .untilQuiet, .isActive(false)],
          [.wait(0)] + normalOnce, [.wait(1)] + normalOnce,
        ], woken: [[], [], [1, 2]]),
      // A task that was woken before it slept is off the queue, too.
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .signal(0), .wait(1), .isActive(false), .finishWait],
        [.wait(0), .wakeUp, .signal(1)],
      ]),
    ] + WaitQueueHistory.drawn(.queueOnly, 120, lengths: 6...18, seed: 1))

  private static let comingAndGoing = WaitQueueChecks.check(
    "coming-and-going", "other tasks may come and go while a task is woken",
    [
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .finishWait], [.prepareToWait(exclusive: true), .finishWait, .park],
      ]),
      WaitQueueLab.Scene([[normally, .park], [.wakeUpAll, .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([
        [.irqSave, .prepareToWait(exclusive: true), .finishWait, .isActive(false), .irqRestore, .park]
      ]),
      WaitQueueLab.Scene([
        [
          .prepareToWait(exclusive: false), .prepareToWait(exclusive: true), .finishWait, .isActive(false), .park,
          .prepareToWait(exclusive: true), .finishWait, .isActive(false), .park,
        ]
      ]),
      WaitQueueLab.Scene([[normally], [.irqSave, .makeReady, .wakeUp, .irqRestore]]),
      WaitQueueLab.Scene([[exclusively], [.irqSave, .makeReady, .wakeUpAll, .irqRestore]]),
      WaitQueueLab.Scene([
        [.untilQuiet, .signal(0), .wakeUpAll], normalOnce,
        [.wait(0), .prepareToWait(exclusive: false), .finishWait, .park],
      ]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), .finishWait, .makeReady, .wakeUp], [normally]]),
      WaitQueueLab.Scene([
        [.wait(0), .isActive(false)], [.prepareToWait(exclusive: true), .finishWait, .signal(0), .park],
      ]),
      // One task leaves as another comes, or as another leaves.
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: true), .finishWait, .wait(0), .isActive(true), .signal(1)],
        [.prepareToWait(exclusive: false), .signal(0), .wait(1), .finishWait],
      ]),
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: true), .finishWait, .wait(0), .isActive(false)],
        [.prepareToWait(exclusive: false), .finishWait, .signal(0)],
      ]),
    ], also: WaitQueueScenes.looksOnly)

  private static let twoWakers = WaitQueueChecks.check(
    "two-wakers", "two CPUs may wake tasks at the same moment",
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUp], [.wakeUp]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAll], [.wakeUpAll]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUp], [.wakeUpAll]]),
      // Two wake-ups at once wake two exclusive waiters, and no more.
      WaitQueueScenes.asleep([exclusiveOnce, exclusiveOnce], [.signal(2), .wakeUp], woken: [1, 2], left: [])
        .adding([.wait(2), .wakeUp]),
      // One wake-up for one of two, while CPU 3 is changing the queue.
      besideOther(exclusiveOnce, woken: [1], left: [2]), besideOther(normalOnce, woken: [1, 2], left: []),
      WaitQueueLab.Scene([[.wakeUp], [.wakeUp, .isActive(false)]]),
      // CPU 2 comes while CPU 1 wakes all; a task that is left on the queue is found by the next wake-up.
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: false), .signal(0), .untilQuiet, .wakeUpAll, .finishWait], [.wait(0), .wakeUpAll],
        [.wait(0)] + normalOnce,
      ]),
      WaitQueueLab.Scene([
        [.prepareToWait(exclusive: true), .signal(0), .untilQuiet, .finishWait, .wakeUp], [.wait(0), .wakeUp],
        [.wait(0)] + normalOnce,
      ]),
      // CPU 3 checks whether any task is on the queue while CPU 0 takes one of two off it.
      WaitQueueLab.Scene([
        [.signal(0), .untilQuiet, .signal(1), .untilQuiet, .signal(2), .wakeUp], [.wait(0)] + exclusiveOnce,
        [.wait(1)] + exclusiveOnce, [.wait(2), .wakeUpAllIfActive],
      ]),
      // The CPU that wakes has checked before.
      WaitQueueLab.Scene([[normally], [.wakeUpAllIfActive, .makeReady, .wakeUpAllIfActive]]),
    ])

  /// CPU 1 sleeps exclusively, and CPU 2 in the given way; a wake-up comes while CPU 3 is queued and leaves.
  private static func besideOther(
    _ second: [WaitQueueLab.Step], woken: [Int], left: [Int]
  ) -> WaitQueueLab.Scene {
    WaitQueueScenes.asleep([exclusiveOnce, second], [.signal(2), .wakeUp], woken: woken, left: left)
      .adding([.wait(2), .prepareToWait(exclusive: true), .finishWait])
  }

  /// Two tasks fall asleep after CPU 0 has come and gone this often.
  private static func afterComings(_ times: Int) -> WaitQueueLab.Scene {
    var scene = WaitQueueScenes.asleep([exclusiveOnce, exclusiveOnce], [.wakeUp], woken: [1], left: [2])
    scene.cpus[0] = comings(times) + scene.cpus[0]
    return scene
  }

  /// A CPU is queued and leaves, this often.
  private static func comings(_ times: Int) -> [WaitQueueLab.Step] {
    Array(repeating: [.prepareToWait(exclusive: true), .finishWait], count: times).flatMap(\.self)
  }

  private static let awakeInLine = WaitQueueChecks.check(
    "awake-in-line", "a wake-up is not spent on a task that is awake",
    [
      WaitQueueScenes.awakeInLine,
      awakeAndAgain(true, .wakeUp, true), awakeAndAgain(true, .wakeUp, false), awakeAndAgain(false, .wakeUp, true),
      awakeAndAgain(true, .wakeUpAll, true),
      // CPU 1 is passed over, and both come again, CPU 1 first.
      WaitQueueLab.Scene(
        [
          [
            .signal(0), .untilQuiet, .signal(1), .untilQuiet, .wake(1), .wakeUp, .untilQuiet, .signal(2), .untilQuiet,
            .signal(3), .untilQuiet, .wakeUp, .untilQuiet, .wakeUpAll,
          ],
          [.wait(0)] + exclusiveOnce + [.wait(2)] + exclusiveOnce,
          [.wait(1)] + exclusiveOnce + [.wait(3)] + exclusiveOnce,
        ], woken: [[], [], [1, 2], [], [], [1]]),
      // Two tasks that are awake come before one that sleeps.
      twoAwake(.wakeUp, exclusive: true), twoAwake(.wakeUpAll, exclusive: true), twoAwake(.wakeUpAll, exclusive: false),
      // The task that is awake does not wait exclusively.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: false), .signal(0), .untilQuiet, .wake(0), .wakeUp, .untilQuiet, .finishWait,
            .isActive(false),
          ],
          [.wait(0)] + exclusiveOnce,
        ], woken: [[], [1]]),
      // CPU 0 was woken twice without the queue; two of three exclusive waiters are asleep.
      WaitQueueLab.Scene(
        [
          [
            .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .signal(1), .untilQuiet, .wake(0), .wakeUp,
            .untilQuiet, .wake(0), .wakeUp, .untilQuiet, .finishWait, .isActive(false),
          ],
          [.wait(0)] + exclusiveOnce, [.wait(1)] + exclusiveOnce,
        ], woken: [[], [], [1], [2]]),
      // The task that is awake is between two that sleep, and does not wait exclusively.
      WaitQueueLab.Scene(
        [
          [
            .signal(0), .untilQuiet, .prepareToWait(exclusive: false), .signal(1), .untilQuiet, .wake(0), .wakeUp,
            .untilQuiet, .finishWait, .wakeUp, .untilQuiet, .isActive(false),
          ],
          [.wait(0)] + exclusiveOnce, [.wait(1)] + exclusiveOnce,
        ], woken: [[], [], [1], [2]]),
    ] + WaitQueueHistory.drawn(.wokenPastTheQueue, 200, lengths: 6...18, seed: 2))

  /// A wake-up finds CPU 1 awake on the queue; CPU 1 is queued again and sleeps, and the next wake-up is for it.
  private static func awakeAndAgain(_ first: Bool, _ call: WaitQueueLab.Step, _ second: Bool) -> WaitQueueLab.Scene {
    WaitQueueLab.Scene(
      [
        [
          .signal(0), .untilQuiet, .wake(1), call, .untilQuiet, .signal(1), .untilQuiet, .isActive(true), .wakeUp,
          .untilQuiet, .isActive(false),
        ],
        [.wait(0), .prepareToWait(exclusive: first), .wait(1), .park] + WaitQueueScenes.once(exclusive: second),
      ], woken: [[], [], [1], [1]])
  }

  /// CPU 0 and CPU 1 are on the queue, and awake; CPU 2 behind them sleeps, and is woken.
  private static func twoAwake(_ call: WaitQueueLab.Step, exclusive: Bool) -> WaitQueueLab.Scene {
    WaitQueueLab.Scene(
      [
        [
          .prepareToWait(exclusive: exclusive), .signal(0), .wait(1), .signal(2), .untilQuiet, .wake(0), .wake(1), call,
          .untilQuiet, .signal(3), .finishWait,
        ],
        [.wait(0), .prepareToWait(exclusive: exclusive), .signal(1), .wait(3), .finishWait],
        [.wait(2)] + WaitQueueScenes.once(exclusive: exclusive),
      ], woken: [[], [2], []])
  }

  private static let wokenForNothing = WaitQueueChecks.check(
    "woken-for-nothing", "a task that is woken for nothing checks, and waits as before",
    [
      WaitQueueLab.Scene([[normally, .isActive(false)], [.wake(0), .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[normally, .isActive(false)], [.wakeUpAll, .makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[exclusively, .isActive(false)], [.wakeUp, .makeReady, .wakeUp]]),
      WaitQueueScenes.asleep([[exclusively], [exclusively]], [.wake(1), .wake(2)], woken: [1, 2], left: [1, 2]),
      WaitQueueLab.Scene([[normally], [.wake(0), .makeReady, .wakeUp]]),
    ])
}
