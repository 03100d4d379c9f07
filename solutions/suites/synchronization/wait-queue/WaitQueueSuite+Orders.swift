import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

// Calls from handlers, and the effect of calls on interrupts and on the order of loads and stores.

extension WaitQueueSuite {
  static let handlers = WaitQueueChecks.check(
    "handlers", "a wake-up may come from an interrupt handler, at any moment",
    [
      WaitQueueLab.Scene([[normally]], handlers: [[.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.makeReady, .wakeUpAll], [normally]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[.wakeUp]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), .finishWait]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[exclusively]], handlers: [[.makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[.wakeUpAll]], handlers: [[.wakeUp]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: true), .wakeUp, .finishWait]], handlers: [[.wakeUpAll]]),
      WaitQueueLab.Scene([[.isActive(false)], [.wakeUp]], handlers: [[.isActive(false), .wakeUp]]),
      WaitQueueLab.Scene([[normally], [.wakeUp]], handlers: [[.makeReady, .wakeUp]], interrupted: 1),
      WaitQueueLab.Scene([[normally]], handlers: [[.makeReady, .wakeUpAllIfActive]]),
      // The CPU that wakes one of two is interrupted, before, within or after its call, by a handler that wakes the
      // other.
      wakesInBoth([exclusiveOnce, exclusiveOnce], .wakeUp, .wakeUp, woken: [1, 2]),
      wakesInBoth([exclusiveOnce, normalOnce], .wakeUp, .wakeUpAll, woken: [1, 2]),
      wakesInBoth([exclusiveOnce, exclusiveOnce], .isActive(true), .wakeUp, woken: [1]),
      // Two handlers, one after the other.
      WaitQueueLab.Scene([[exclusively]], handlers: [[.wakeUp], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene(
        [[.prepareToWait(exclusive: true), .wakeUpAll, .isActive(false), .finishWait, .wakeUp]],
        handlers: [[.wakeUp, .wakeUpAll]], asksForInterrupts: true),
    ] + besideStanding)

  /// CPU 0 stands still in a call, before it or after it, while CPU 1 falls asleep and CPU 2 wakes one and then checks.
  private static let besideStanding: [WaitQueueLab.Scene] = [true, false].map { exclusive in
    WaitQueueLab.Scene(
      [
        [.prepareToWait(exclusive: exclusive), .finishWait], [.wait(0), .waitUntilReady(exclusive: exclusive)],
        [.wait(0), .untilQuiet, .wakeUp, .makeReady, .wakeUpAllIfActive, .signal(3)],
      ], handlers: [[.signal(0), .wait(3)]])
  }

  /// All but CPU 0 and the last CPU sleep; the last makes a call, and its handler makes another.
  private static func wakesInBoth(
    _ sleepers: [[WaitQueueLab.Step]], _ call: WaitQueueLab.Step, _ callOfHandler: WaitQueueLab.Step, woken: [Int]
  ) -> WaitQueueLab.Scene {
    let left = sleepers.indices.map { $0 + 1 }.filter { !woken.contains($0) }
    var scene = WaitQueueScenes.asleep(sleepers, [.signal(sleepers.count)], woken: woken, left: left)
      .adding([.wait(sleepers.count), call])
    scene.handlers = [[.wait(sleepers.count), callOfHandler]]
    scene.interrupted = scene.cpus.count - 1
    return scene
  }

  static let interruptsStayOff = WaitQueueChecks.check(
    "interrupts-stay-off", "a CPU that calls with interrupts off has them off afterwards",
    [
      WaitQueueLab.Scene(
        [[.irqSave, .prepareToWait(exclusive: false), .enter, .leave, .finishWait, .enter, .leave, .irqRestore]],
        handlers: [[.enter, .leave]]),
      WaitQueueLab.Scene([[.irqSave, .wakeUp, .enter, .leave, .irqRestore]], handlers: [[.enter, .leave]]),
      WaitQueueLab.Scene([[.irqSave, .wakeUpAll, .enter, .leave, .irqRestore]], handlers: [[.enter, .leave]]),
      WaitQueueLab.Scene(
        [[.irqSave] + WaitQueueScenes.everyCall + [.irqRestore] + WaitQueueScenes.everyCall], asksForInterrupts: true),
      // One of two is woken, the first or the second on the queue, and the other is not.
      asked(WaitQueueScenes.asleep([exclusiveOnce, exclusiveOnce], [.wakeUp], woken: [1], left: [2])),
      asked(WaitQueueScenes.asleep([exclusiveOnce, normalOnce, exclusiveOnce], [.wakeUp], woken: [1, 2], left: [3])),
      asked(WaitQueueScenes.awakeInLine),
      // Two CPUs, with interrupts on for one and off for the other.
      WaitQueueLab.Scene(
        [
          [.irqSave, .prepareToWait(exclusive: true), .finishWait, .irqRestore],
          [.prepareToWait(exclusive: false), .wakeUp, .finishWait],
        ], asksForInterrupts: true),
      WaitQueueLab.Scene(
        [[.irqSave, .wakeUp, .wakeUpAll, .irqRestore, .wakeUp], [.prepareToWait(exclusive: true), .finishWait]],
        asksForInterrupts: true),
      WaitQueueLab.Scene(
        [[.irqSave, normally, .irqRestore], [.wake(0), .makeReady, .wakeUp]], asksForInterrupts: true),
      WaitQueueLab.Scene(
        [[normally], [.irqSave, .wake(0), .makeReady, .wakeUp, .irqRestore]], asksForInterrupts: true),
    ] + WaitQueueHistory.drawn(.interrupts, 10, lengths: 5...14, seed: 3))

  /// Returns the same scene, which checks interrupts and not the tasks that are woken.
  private static func asked(_ scene: WaitQueueLab.Scene) -> WaitQueueLab.Scene {
    var scene = scene
    scene.woken = nil
    scene.asksForInterrupts = true
    return scene
  }

  static let weakOrder = WaitQueueChecks.check(
    "weak-order", "no wake-up is lost, however the processor reorders loads and stores",
    models: MemoryModel.allCases,
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[exclusively], [.irqSave, .makeReady, .wakeUp, .irqRestore]]),
      WaitQueueLab.Scene([[.irqSave, normally, .irqRestore], [.makeReady, .wake(0)]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wake(0)]]),
      // Woken without the queue, whose lock then orders nothing; the second time it is on the queue already.
      WaitQueueLab.Scene([[normally], [.makeReady, .wake(0)]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), normally], [.makeReady, .wake(0)]]),
      // Another CPU is on the queue already, or is changing it.
      WaitQueueLab.Scene([
        [.wait(0), exclusively], [.prepareToWait(exclusive: true), .signal(0)], [.makeReady, .wake(0)],
      ]),
      WaitQueueLab.Scene([[normally], [.makeReady, .wake(0)], [.finishWait]]),
      // It has been on the queue before.
      WaitQueueLab.Scene([[.prepareToWait(exclusive: true), .finishWait, exclusively], [.makeReady, .wake(0)]]),
    ])

  static let activeLook = WaitQueueChecks.check(
    "active-look", "a CPU that finds isActive false after a full barrier need not wake any task",
    models: MemoryModel.allCases,
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUpAllIfActive]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAllIfActive]]),
    ])
}
