import Interleave
import Judging
import LabKernel

/// The visible checks of the wait-queue lab, and what its hidden ones are built from.
public enum WaitQueueChecks {
  /// Run by `labs-cli test wait-queue`.
  public static let suite = suite(.visible, [finishWait, wakesUp, wakeAll, oneExclusive])

  /// A suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<WaitQueueLab>]) -> Suite<WaitQueueLab> {
    Suite(
      WaitQueueLab.self, visibility: visibility, unit: "steps", shrinks: WaitQueueScenes.shrinks,
      show: WaitQueueScenes.picture, size: { $0.scene.size }, checks: checks)
  }

  /// A check of the lab; where no model is named, under SC.
  package static func check(
    _ id: String, _ title: String, rule: String, models: [MemoryModel] = [.sequential], _ scenes: [WaitQueueLab.Scene]
  ) -> Check<WaitQueueLab> {
    Check(id: id, title: title, rule: rule, section: "4#wait-queues", scenes: scenes, models: models)
  }

  private static let finishWait = check(
    "finish-wait", "who has finished waiting is out of line, and awake",
    rule: "After finishWait() this CPU is not in line, and park() comes back at once, whether it was woken or not.",
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
    "wakes-up", "who waits wakes up when it is ready, however the two meet",
    rule: "Either the waiter's look sees what was stored before the wake-up, or the wake-up finds the waiter in line.",
    [
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUp]]),
      WaitQueueLab.Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUpAll]]),
    ])

  private static let wakeAll = check(
    "wake-all", "wakeUpAll() wakes everybody",
    rule: "wakeUpAll() wakes all in line, exclusive or not, in whatever order they came.",
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
    rule: "Of those that wait exclusively wakeUp() wakes one; the others sleep on.",
    [
      WaitQueueScenes.asleep(
        [[.waitUntilReady(exclusive: true)], [.waitUntilReady(exclusive: true)]], [.makeReady, .wakeUp],
        woken: [1], left: [2])
    ])
}
