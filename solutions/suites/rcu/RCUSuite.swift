import Interleave
import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the RCU lab.
enum RCUSuite {
  /// From the plain to the subtle.
  static let suite = RCUChecks.suite(
    .hidden, [nesting, manyReaders, manyUpdates, twoUpdaters, lateReaders, callInside, storeBuffers, oldValues])

  private static let nesting = RCUChecks.check(
    "nesting", "a section inside a section ends nothing",
    rule: "A section lasts from the outermost readLock to its readUnlock.",
    scenes: [.init([[.readNested], [.update]]), .init([[.readNested, .read], [.update]])])

  private static let manyReaders = RCUChecks.check(
    "many-readers", "every reader is waited for",
    rule: "synchronize returns when every section that had begun before it was called is over.",
    scenes: [.init([[.read], [.read], [.update]]), .init([[.update], [.read], [.read]])])

  private static let manyUpdates = RCUChecks.check(
    "many-updates", "one grace period after the other",
    rule: "A section may begin in one grace period and last into the next, which waits for it.",
    scenes: [.init([[.read], [.update, .update]]), .init([[.read], [.update, .update, .update]])])

  private static let twoUpdaters = RCUChecks.check(
    "two-updaters", "grace periods on two CPUs at once",
    rule: "synchronize may be called on several CPUs at once; each gets a grace period of its own.",
    scenes: [
      .init([[.update], [.update]]), .init([[.read], [.update], [.update]]),
      .init([[.read], [.update, .update], [.update, .update]]),
    ])

  private static let lateReaders = RCUChecks.check(
    "late-readers", "readers that come later are not waited for",
    rule: "synchronize does not wait for sections that begin while it waits.",
    scenes: [
      .init([[.waitForHolder], [.hold], [.arriveLate]]), .init([[.waitForHolder], [.arriveLate], [.hold]]),
      // The one that comes later is the one that was waited for.
      .init([[.waitForHolder], [.comeAgain]]),
    ]
  ) { scene, unfolding in
    guard scene.cpus.joined().contains(.arriveLate) else { return nil }
    let isEver = someExecution(of: unfolding) { outcome in
      outcome.observations.contains { $0.name == "over" && $0.value == 1 }
    }
    return isEver != false
      ? nil : "synchronize never returns as long as a section goes on that began while it was waiting"
  }

  private static let callInside = RCUChecks.check(
    "call-inside", "call waits for nothing, and callbacks may call",
    rule: "call returns at once, also in a section; callbacks that a callback asks for wait for the next barrier.",
    scenes: [
      .init([[.updateLaterInside, .barrier]]), .init([[.callTwice, .barrier, .barrier]]),
      .init([[.callTwice, .call, .barrier, .call, .barrier]]), .init([[.callTwice, .barrier]]),
      .init([[.read], [.updateTwiceLater, .barrier, .barrier]]),
    ])

  private static let storeBuffers = RCUChecks.check(
    "store-buffers", "a reader is seen in time where stores wait in a buffer",
    rule: "Whatever section is not waited for sees what the caller of synchronize did before.",
    models: [.totalStoreOrder], scenes: [.init([[.read], [.update]]), .init([[.read, .read], [.update]])])

  private static let oldValues = RCUChecks.check(
    "old-values", "a reader is seen in time where loads may see old values",
    rule: "Whatever section is not waited for sees what the caller of synchronize did before.",
    models: [.releaseAcquire], scenes: [.init([[.read], [.update]]), .init([[.read], [.update, .update]])])
}
