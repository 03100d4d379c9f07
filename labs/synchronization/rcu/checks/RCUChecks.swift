import Interleave
import Judging
import LabHarness
import LabKernel

/// The visible checks of the RCU lab, and the parts that its hidden checks are built from.
public enum RCUChecks {
  /// Run by `labs-cli test rcu`.
  public static let suite = suite(
    .visible,
    [publication, gracePeriod, nobodyThere, sectionsNest, lateSections, atOnce, fullBarriers, callbacks, calls])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<RCULab>]) -> Suite<RCULab> {
    Suite(
      RCULab.self, visibility: visibility, unit: "acts", shrinks: RCUShrinking.shrinks, show: \.picture,
      size: \.scene.acts, checks: checks)
  }

  /// Makes a check of the lab.
  package static func check(
    _ id: String, _ title: String, models: [MemoryModel] = [.sequential], scenes: [RCULab.Scene],
    drawn: @escaping @Sendable (_ seed: UInt64) -> [RCULab.Scene] = { _ in [] },
    also: @escaping @Sendable (RCULab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<RCULab> {
    Check(id: id, title: title, scenes: scenes, drawn: drawn, models: models) { scene, unfolding in
      lateSectionIsNotWaitedFor(scene, unfolding) ?? also(scene, unfolding)
    }.naming(RCURules.broken)
  }

  private static let publication = check(
    "publication", "a reader that finds an object sees it complete",
    models: MemoryModel.allCases,
    scenes: [
      .init([[.read], [.publish]]), .init([[.read, .read], [.publish, .publish]]), .init([[.publish], [.read]]),
    ],
    drawn: { RCUDraw.placed([.init([[.read], [.publish]])], seed: $0) }, also: everyObjectIsMet)

  private static let gracePeriod = check(
    "grace-period", "no object is freed while a reader may still use it",
    scenes: [.init([[.read], [.update]]), .init([[.read, .read], [.update]])],
    drawn: { RCUDraw.placed([.init([[.read], [.update]])], seed: $0) })

  private static let nobodyThere = check(
    "nobody-there", "without readers, a grace period ends immediately",
    scenes: [
      .init([[.update]]), .init([[.update, .update], []]), .init([[.read, .update, .read]]),
      .init([[.readNested, .update]]), .init([[], [], [.update], []]),
      .init([[.read, .signal(0)], [.wait(0), .update, .update]]), .init([[.call(1)], [.call(1), .barrier]]),
      // The callback ends when the grace period of the other CPU is over.
      .init([[.later([.signal(0), .wait(1)]), .barrier], [.wait(0), .synchronize, .signal(1)]]),
    ])

  private static let sectionsNest = check(
    "sections-nest", "a section lasts until its outermost readUnlock",
    scenes: [
      .init([[.readNested], [.update]]),
      .init([[.enter, .enter, .leave, .enter, .leave, .follow, .leave], [.update]]),
      .init([RCUDraw.waiter, RCUDraw.holder, RCUDraw.lateNested]),
    ])

  private static let lateSections = check(
    "late-sections", "a grace period does not wait for a section that begins later",
    scenes: [
      .init([RCUDraw.waiter, RCUDraw.holder, RCUDraw.late]), .init([RCUDraw.holder, RCUDraw.late, RCUDraw.waiter]),
    ], drawn: { RCUDraw.placed([.init([RCUDraw.late, RCUDraw.waiter, RCUDraw.holder])], seed: $0) },
    also: readersNeverWait)

  private static let atOnce = check(
    "at-once", "two CPUs can wait for a grace period at the same time",
    scenes: [
      .init([[.update], [.update]]), .init([[.read], [.update], [.update]]),
      .init([RCUDraw.waiter, RCUDraw.holder, RCUDraw.late, [.synchronize]]),
    ], also: readersNeverWait)

  private static let fullBarriers = check(
    "full-barriers", "a reader is seen in time even if stores wait and loads see stale values",
    models: [.totalStoreOrder, .releaseAcquire], scenes: [.init([[.read], [.update]])])

  private static let callbacks = check(
    "callbacks", "callbacks run after a grace period, each once and in order",
    scenes: [
      .init([[.call(1), .barrier]]), .init([[.call(1), .update, .barrier]]),
      .init([[.call(1), .call(1), .barrier, .call(1), .barrier, .barrier]]),
      .init([[.read], [.updateLater, .barrier]]), .init([[.read], [.updateLater, .updateLater, .barrier]]),
      .init([RCUDraw.barrierWaiter, RCUDraw.holder, RCUDraw.late]),
    ])

  private static let calls = check(
    "calls", "call waits for nothing, and works in a section and in a callback",
    scenes: [
      .init([[.enter, .wait(0), .leave], [.call(1), .signal(0), .barrier]]),
      .init([[.enter, .updateLater, .leave, .barrier]]), .init([[.call(2), .barrier, .barrier]]),
      .init([[.call(2), .call(1), .barrier, .call(1), .barrier]]),
      .init([[.call(1), .barrier], [.call(1), .barrier]]),
    ], also: callNeverWaits)
}

extension RCUChecks {
  /// Finds an object that no reader ever finds, and that so has not been published.
  private static func everyObjectIsMet(_ scene: RCULab.Scene, _ unfolding: Unfolding) -> String? {
    guard scene.cpus.contains(where: { $0.contains(.read) }) else { return nil }
    var missing = Set(0..<scene.objects)
    let isEveryObjectMet = someExecution(of: unfolding) { outcome in
      for seen in outcome.observations where seen.name == SeenOfRCU.object { missing.remove(seen.value) }
      return missing.isEmpty
    }
    return isEveryObjectMet != false ? nil : "no reader ever finds object \(missing.min() ?? 0), whenever it begins"
  }

  /// Finds a `readLock()` or `readUnlock()` that waits in some execution.
  package static func readersNeverWait(_ scene: RCULab.Scene, _ unfolding: Unfolding) -> String? {
    unfolding.wait(inCalls: "readLock()") ?? unfolding.wait(inCalls: "readUnlock()")
  }

  /// Finds a `call(_:)` that waits in some execution.
  package static func callNeverWaits(_ scene: RCULab.Scene, _ unfolding: Unfolding) -> String? {
    unfolding.wait(inCalls: "call(", named: "call(_:)")
  }

  /// Finds a CPU that checks whether a grace period is over, and in no execution finds that it is.
  private static func lateSectionIsNotWaitedFor(_ scene: RCULab.Scene, _ unfolding: Unfolding) -> String? {
    guard let cpu = scene.cpus.firstIndex(where: { $0.contains(where: \.looks) }) else { return nil }
    let looks = scene.cpus.joined().count(where: \.looks)
    let isFound = someExecution(of: unfolding) { outcome in
      outcome.observations.count { $0.name == SeenOfRCU.over && $0.value == 1 } == looks
    }
    guard isFound == false else { return nil }
    return "no grace period ever ends while the section of CPU \(cpu) goes on, which began later"
  }
}
