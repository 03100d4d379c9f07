import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

// What calls do to interrupts, and to the order of loads and stores.

extension WaitQueueSuite {
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
      // One of two is woken, the first or the second in line, and the other is not.
      asked(WaitQueueScenes.asleep([exclusiveOnce, exclusiveOnce], [.wakeUp], woken: [1], left: [2])),
      asked(WaitQueueScenes.asleep([exclusiveOnce, normalOnce, exclusiveOnce], [.wakeUp], woken: [1, 2], left: [3])),
      asked(WaitQueueScenes.awakeInLine),
      // Two CPUs, whose interrupts are not alike.
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

  /// The same, asked for interrupts and not for the tasks that are woken.
  private static func asked(_ scene: WaitQueueLab.Scene) -> WaitQueueLab.Scene {
    var scene = scene
    scene.woken = nil
    scene.asksForInterrupts = true
    return scene
  }

  static let weakOrder = WaitQueueChecks.check(
    "weak-order", "no wake-up is lost, whatever the processor does to the order of loads and stores",
    models: MemoryModel.allCases,
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAll]]),
      WaitQueueLab.Scene([[exclusively], [.irqSave, .makeReady, .wakeUp, .irqRestore]]),
      WaitQueueLab.Scene([[.irqSave, normally, .irqRestore], [.makeReady, .wake(0)]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wake(0)]]),
      // Woken past the queue, whose lock then orders nothing; the second time it is in line already.
      WaitQueueLab.Scene([[normally], [.makeReady, .wake(0)]]),
      WaitQueueLab.Scene([[.prepareToWait(exclusive: false), normally], [.makeReady, .wake(0)]]),
      // It has been in line before.
      WaitQueueLab.Scene([[.prepareToWait(exclusive: true), .finishWait, exclusively], [.makeReady, .wake(0)]]),
    ])

  static let activeLook = WaitQueueChecks.check(
    "active-look", "a CPU that finds no CPU in line after a full barrier need not wake any",
    models: MemoryModel.allCases,
    [
      WaitQueueLab.Scene([[normally], [.makeReady, .wakeUpAllIfActive]]),
      WaitQueueLab.Scene([[exclusively], [.makeReady, .wakeUpAllIfActive]]),
    ])
}
