import Interleave
import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

/// The hidden checks of the seqlock lab.
package enum SeqlockSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = SeqlockChecks.suite(
    .hidden, [manyWrites, writersExclude, writersAndReader, interrupted, barriers])

  private static let manyWrites = SeqlockChecks.check(
    "many-writes", "a read section is retried however many writes there are, and however often",
    scenes: [
      .init([[.readUntil(0)], [.write, .write, .signal(0), .write]]), .init([[.readAround], [.write]]),
      .init([[.write, .writeWithin, .read]]),
      // For a reader that loses patience.
      SeqlockChecks.overtakenOnce(20),
      // For a lock that counts each CPU's writes separately.
      .init([[.overtaken([1, 2])], [.overtakes([1, 2])], [.overtakes([1, 2])]]),
      SeqlockDraw.placed(overtaken([1, 3]), on: [3, 0]), SeqlockDraw.placed(overtaken([1, 3]), on: [0, 2]),
      SeqlockDraw.placed(overtaken([1, 3]), on: [1, 3]),
    ] + (17...32).map { overtaken([$0]) },
    drawn: { [SeqlockDraw.overtaken(seed: $0, writers: 1), SeqlockDraw.overtaken(seed: $0, writers: 2)] })

  private static let writersExclude = SeqlockChecks.check(
    "writers-exclude", "only one CPU writes at a time, whichever CPU it is and whether interrupts are on or off",
    models: MemoryModel.allCases,
    scenes: [
      .init([[.write], [.write]]), .init([[.write, .write], [.write]]), .init([[.maskedWrite], [.write]]),
      .init([[.maskedWrite], [.maskedWrite]]), on(0, 2), on(3, 1), on(0, 3),
    ], drawn: { SeqlockDraw.placed([.init([[.maskedWrite, .write], [.write]])], seed: $0) })

  private static let writersAndReader = SeqlockChecks.check(
    "writers-and-reader", "a second writer that waits does not mislead readers",
    scenes: [
      .init([[.readOnce], [.write], [.write]]), .init([[.write], [.write], [.write]]),
      // Four places for writers are used again.
      .init([Array(repeating: .write, count: 4), [.write]]),
      .init([[.write], [.maskedWrite], [.write]]), .init([[.write, .signal(0)], [.write], [.readUntil(0)]]),
    ],
    drawn: {
      SeqlockDraw.placed(
        [.init([[.write], [.write], [.readOnce]]), .init([[.write], [.write], [.maskedWrite]])], seed: $0)
    })

  private static let interrupted = SeqlockChecks.check(
    "interrupted", "interrupt handlers may read and write the pair",
    scenes: [
      .init([[.write]], interrupts: [.init(on: 0, .read)]), .init([[.read]], interrupts: [.init(on: 0, .write)]),
      .init([[.write]], interrupts: [.init(on: 0, .write)]),
      .init([[.readUntil(0)]], interrupts: [.init(on: 0, .write, .signal(0))]),
      .init([[.write], [.write]], interrupts: [.init(on: 0, .read)]),
      .init([[.write], [.write]], interrupts: [.init(on: 1, .write)]),
      .init([[.maskedWrite], [.write]], interrupts: [.init(on: 0, .write)]),
      .init([[.write], [.read]], interrupts: [.init(on: 1, .read)]),
      .init([[.write, .maskedWrite]], interrupts: [.init(on: 0, .read)]),
      // For a lock that counts the writes of a CPU separately from those of its handlers.
      .init([[.write, .read]], interrupts: [.init(on: 0, .write)]),
      .init([[.write, .write, .read]], interrupts: [.init(on: 0, .write, .write)]),
      .init([[.maskedRead], [.write]]),
      // A reader that waits for a write delays no handler for which that write waits.
      .init([[.read], [.writeUntil(0)]], interrupts: [.init(on: 0, .signal(0))]),
      .init([[], [.read, .read], [], [.writeUntil(0)]], interrupts: [.init(on: 1, .signal(0), .read)]),
      watched([.write, .maskedRead, .maskedWrite, .read, .write, .write, .maskedWrite, .maskedWrite]),
      .init([[.write]], interrupts: [.init(on: 0, .write)], isWatched: true), watched([.maskedWrite], [.write]),
      watched([.read], [.write]), watched([.readAround]), watched([.maskedWrite, .read], [.write, .maskedRead]),
      watched([.maskedWrite], [], [.write]), watched([.write], [], [], [.maskedWrite]),
      watched([.write], [.maskedWrite], [.write]),
    ], drawn: { SeqlockDraw.placed([.init([[.write], [.write]], interrupts: [.init(on: 0, .read)])], seed: $0) })

  private static let barriers = SeqlockChecks.check(
    "barriers", "no data is torn on a processor that reorders",
    models: [.totalStoreOrder, .releaseAcquire],
    scenes: [
      .init([[.readOnce], [.write]]), .init([[.write, .write], [.readOnce]]),
      .init([[.readOnce, .readOnce], [.write]]),
      .init([[.readUntil(0)], [.write, .signal(0)]]),
      // The second writer continues from the number that the first one left.
      .init([[.write, .signal(0)], [.wait(0), .write, .read]]),
      .init([[.write, .signal(0)], [.write, .signal(1)], [.wait(0), .wait(1), .readOnce]]),
      .init([[.write, .signal(0)], [.wait(0), .write], [.readOnce]]),
    ], drawn: { SeqlockDraw.placed([.init([[.readOnce], [.write]])], seed: $0) })
}

extension SeqlockSuite {
  private static func overtaken(_ counts: [Int]) -> SeqlockLab.Scene {
    .init([[.overtaken(counts)], [.overtakes(counts)]])
  }

  private static func watched(_ cpus: [SeqlockLab.Act]...) -> SeqlockLab.Scene { .init(cpus, isWatched: true) }

  /// Makes a scene of two writers on these CPUs, the first with interrupts off.
  private static func on(_ first: Int, _ second: Int) -> SeqlockLab.Scene {
    SeqlockDraw.placed(.init([[.maskedWrite], [.write]]), on: [first, second])
  }
}
