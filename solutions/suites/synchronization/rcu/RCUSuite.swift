import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

/// The hidden checks of the RCU lab.
package enum RCUSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = RCUChecks.suite(
    .hidden,
    [nesting, manyReaders, manyUpdates, twoUpdaters, lateReaders, callInside, histories, storeBuffers, oldValues])

  private static let nesting = RCUChecks.check(
    "nesting", "the end of an inner section does not end the outer one",
    scenes: [
      .init([[.readNested], [.update]]), .init([[.readNested, .read], [.update]]),
      .init([[.enter, .enter, .enter, .leave, .leave, .follow, .leave], [.update]]),
      .init([[.enter, .enter, .follow, .leave, .leave, .read], [.update]]),
      .init([[.enter, .call(1), .follow, .leave, .barrier], [.update]]),
      .init([[.enter, .follow, .enter, .leave, .leave], [.update, .update]]),
      .init([RCUDraw.waiter, [.enter] + RCUDraw.holder + [.leave], RCUDraw.lateNested]),
      // A section counts before any pointer is followed in it.
      .init([RCUDraw.idle, RCUDraw.waiter]), .init([RCUDraw.barrierWaiter, RCUDraw.idle]),
      .init([[.enter, .leave] + RCUDraw.idle, RCUDraw.waiter]),
      // Depths that three and four bits cannot tell from zero.
      .init([deep(8), [.update]]), .init([deep(16), [.update]]),
    ] + RCUContexts.readers + RCUContexts.written,
    drawn: { RCUDraw.placed([.init([[.readNested], [.update]])], seed: $0) }, also: RCUChecks.readersNeverWait)

  private static let manyReaders = RCUChecks.check(
    "many-readers", "a grace period waits for every reader, whichever CPU it is on",
    scenes: [
      .init([[.read], [.read], [.update]]), .init([[.update], [.read], [.read]]), .init([[.read], [.update], [.read]]),
      // A section begins while another one goes on, and not for the first time.
      .init([[.update], [.enter, .leave], [.enter, .leave, .read]]),
      .init([[.read], [.read], [.updateLater, .barrier]]),
      RCUDraw.placed(.init([[.read], [.updateLater, .barrier]]), on: [4, 2]),
      readerAndUpdater(4, 0), readerAndUpdater(0, 4), readerAndUpdater(3, 1), readerAndUpdater(2, 3),
      .init([
        [.wait(3)] + RCUDraw.waiter, RCUDraw.holder, [.enter, .signal(3), .wait(1), .leave], [.wait(3)] + RCUDraw.late,
      ]),
    ] + RCUPlaces.others + RCUPlaces.all, drawn: { RCUDraw.placed([.init([[.read], [.read], [.update]])], seed: $0) })

  private static let manyUpdates = RCUChecks.check(
    "many-updates", "grace periods follow one another",
    scenes: [
      .init([[.read], [.update, .update]]), .init([[.read], [.update, .update, .update]]),
      // A reader may have noted a number long ago.
      .init([[.read], after(synchronizing: 4)]), .init([[.read], after(synchronizing: 8)]),
      .init([[.read], after(synchronizing: 16)]), .init([[.read, .read], after(synchronizing: 3)]),
      .init([[.synchronize, .synchronize] + RCUDraw.waiter, RCUDraw.holder, RCUDraw.late]),
      .init([Array(repeating: .synchronize, count: 16) + RCUDraw.waiter, RCUDraw.holder, RCUDraw.late]),
      .init([[.synchronize] + RCUDraw.waiter, [.read] + RCUDraw.holder, [.read, .read] + RCUDraw.late]),
    ], drawn: { [.init([[.read], after(synchronizing: RandomSource.number(in: 1...12, seed: $0))])] })

  private static let twoUpdaters = RCUChecks.check(
    "two-updaters", "two CPUs can have grace periods at the same time",
    scenes: [
      .init([[.update], [.update]]), .init([[.read], [.update], [.update]]),
      .init([[.read], [.update, .update], [.update, .update]]), .init([[.read], [.updateLater, .barrier], [.update]]),
      .init([[.read], [.updateLater, .barrier], [.synchronize]]),
      .init([[.read], [.updateLater, .barrier], [.synchronize], [.synchronize]]),
      .init([RCUDraw.waiter, RCUDraw.holder, RCUDraw.late, [.wait(0), .synchronize]]),
      // Both wait for the CPU that comes again.
      .init([RCUDraw.waiter, RCUDraw.comeAgain, [.wait(0), .synchronize]]),
      .init([[.wait(0), .call(1), .barrier], RCUDraw.comeAgain, RCUDraw.waiter]),
      // The second updater comes while the first still waits, and waits for the late section.
      .init([
        RCUDraw.waiter, [.enter, .signal(0), .wait(1), .untilQuiet, .leave, .signal(4)],
        [.wait(0), .untilQuiet, .enter, .signal(1), .wait(4), .untilQuiet, .looks(2), .leave],
        [.wait(1), .synchronize],
      ]),
      .init([[.read], [.updateLater, .barrier], [.updateLater, .barrier]]),
    ] + RCUContexts.longCallbacks + RCUPlaces.updaters,
    drawn: { RCUDraw.placed([.init([[.read], [.update], [.synchronize]])], seed: $0) })

  private static let lateReaders = RCUChecks.check(
    "late-readers", "a grace period does not wait for readers that come later",
    scenes: [
      .init([RCUDraw.waiter, RCUDraw.holder, RCUDraw.late]), .init([RCUDraw.waiter, RCUDraw.late, RCUDraw.holder]),
      .init([RCUDraw.holder, RCUDraw.waiter, RCUDraw.late]),
      // The reader that comes later is the CPU that was waited for.
      .init([RCUDraw.waiter, RCUDraw.comeAgain]), .init([RCUDraw.comeAgain, RCUDraw.barrierWaiter]),
      .init([[.synchronize] + RCUDraw.waiter, RCUDraw.comeAgain]),
      .init([RCUDraw.barrierWaiter, RCUDraw.holder, RCUDraw.late]),
      .init([[.synchronize] + RCUDraw.waiter, RCUDraw.holder, [.enter, .leave] + RCUDraw.late]),
    ],
    drawn: {
      RCUDraw.placed(
        [.init([RCUDraw.waiter, RCUDraw.late, RCUDraw.holder]), .init([RCUDraw.waiter, RCUDraw.comeAgain])], seed: $0)
    }, also: RCUChecks.readersNeverWait)

  private static let callInside = RCUChecks.check(
    "call-inside", "call waits for nothing, and callbacks may call it",
    scenes: [
      .init([[.enter, .updateLater, .leave, .barrier]]), .init([[.call(2), .barrier, .barrier]]),
      .init([[.call(2), .call(1), .barrier, .call(1), .barrier]]), .init([[.call(2), .barrier]]),
      .init([[.call(4), .call(1), .call(2), .barrier, .barrier, .call(1), .barrier, .barrier]]),
      .init([Array(repeating: .call(1), count: 40) + [.barrier, .barrier]]),
      // More than there is room for, after some have run; and grace periods between the calls.
      several(3, then: 9), several(5, then: 17), apart(1), apart(3), apart(7), apart(15),
      .init([[.enter, .wait(0), .leave], Array(repeating: .call(1), count: 20) + [.signal(0), .barrier]]),
      .init([[.call(1), .enter, .call(1), .enter, .call(1), .leave, .leave, .call(1), .barrier]]),
      .init([[.read], [.call(1), .call(1), .call(1), .updateLater, .barrier]]),
      .init([[.wait(0), .enter, .call(1), .leave, .signal(1), .barrier], RCUDraw.holder]),
      .init([[.wait(0), .synchronize], RCUDraw.holder, [.wait(0), .untilQuiet, .call(1), .signal(1), .barrier]]),
      .init([[.read], [.updateTwiceLater, .barrier, .barrier]]),
      .init([[.read], [.enter, .updateLater, .leave, .barrier]]),
      // CPU 0 calls in the section for which CPU 1's barrier waits.
      .init([[.enter, .signal(0), .untilQuiet, .call(1), .leave, .barrier], [.call(1), .wait(0), .barrier]]),
      .init([[.call(1), .barrier], [.call(2), .barrier, .barrier]]),
      .init([[.wait(0), .enter, .call(1), .leave, .barrier, .signal(2)], RCUDraw.holder, RCUDraw.late]),
    ] + RCUContexts.publications + RCUContexts.numbers + RCUSizes.callbacks + RCUSizes.generations + RCUSizes.waited
      + RCUContexts.callbacksBeside,
    drawn: { [RCUDraw.callbacks(seed: $0)] }, also: RCUChecks.callNeverWaits)

  private static let histories = RCUChecks.check(
    "histories", "what a CPU has done before makes no difference",
    scenes: RCUPast.alone + RCUPast.rounds(RCUPast.sequences(upTo: 2), of: 1)
      + RCUPast.rounds(RCUPast.sequences(upTo: 2), of: 0) + RCUPast.rounds(RCUPast.sequences(upTo: 1), of: 2)
      + RCUPast.late + RCUPast.spread + RCUSizes.sections + days(1, count: 30),
    drawn: { days($0, count: 3) }, also: { RCUChecks.readersNeverWait($0, $1) ?? RCUChecks.callNeverWaits($0, $1) })

  private static let storeBuffers = RCUChecks.check(
    "store-buffers", "a reader is seen in time even if stores wait in a store buffer",
    models: [.totalStoreOrder],
    scenes: [
      .init([[.read], [.update]]), .init([[.read, .read], [.update]]), .init([[.read], [.updateLater, .barrier]]),
      .init([[.read], [.update, .update]]), .init([[.read], [.update], [.synchronize]]),
      .init([[.read], [.updateLater, .barrier], [.synchronize]]),
    ] + RCUContexts.updaters + RCUContexts.gates)

  private static let oldValues = RCUChecks.check(
    "old-values", "a reader is seen in time even if loads see stale values",
    models: [.releaseAcquire],
    scenes: [
      .init([[.read], [.update]]), .init([[.update], [.read]]), .init([[.read], [.update, .update]]),
      .init([[.read, .read], [.update]]), .init([[.read], [.updateLater, .barrier]]),
      .init([[.read], [.update], [.synchronize]]), .init([[.read], [.updateLater, .barrier], [.synchronize]]),
      .init([[.read], [.update], [.enter, .leave]]),
      // The first object is used again, and its number is 0.
      .init([[.read], [.putBack]]),
    ] + RCUContexts.foundAgain + RCUContexts.updaters + RCUContexts.readers + RCUContexts.gates)
}

extension RCUSuite {
  /// Draws steps of two to five CPUs.
  private static func days(_ seed: UInt64, count: Int) -> [RCULab.Scene] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { RCUScript.drawn(cpus: 2 + $0 % 4, length: 10 + $0 % 5, &random) }
  }

  private static func readerAndUpdater(_ reader: Int, _ updater: Int) -> RCULab.Scene {
    RCUDraw.placed(.init([[.read], [.update]]), on: [reader, updater])
  }

  /// Runs this many callbacks, and then this many others.
  private static func several(_ first: Int, then second: Int) -> RCULab.Scene {
    .init([
      Array(repeating: .call(1), count: first) + [.barrier] + Array(repeating: .call(1), count: second) + [.barrier]
    ])
  }

  /// Asks for two callbacks with this many grace periods in between.
  private static func apart(_ periods: Int) -> RCULab.Scene {
    .init([[.call(1)] + Array(repeating: .synchronize, count: periods) + [.call(1), .barrier]])
  }

  /// Reads in a section that is this many levels deep.
  private static func deep(_ levels: Int) -> [RCULab.Act] {
    Array(repeating: .enter, count: levels) + [.follow] + Array(repeating: .leave, count: levels)
  }

  private static func after(synchronizing times: Int) -> [RCULab.Act] {
    Array(repeating: .synchronize, count: times) + [.update]
  }
}

extension RandomSource {
  fileprivate static func number(in range: ClosedRange<Int>, seed: UInt64) -> Int {
    var random = RandomSource(seed: seed)
    return random.draw(range)
  }
}
