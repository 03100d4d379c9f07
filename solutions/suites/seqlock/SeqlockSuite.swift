import Interleave
import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the seqlock lab.
enum SeqlockSuite {
  /// From the plain to the subtle.
  static let suite = SeqlockChecks.suite(
    .hidden, [manyWrites, writersExclude, writersAndReader, interrupted, barriers])

  private static let manyWrites = SeqlockChecks.check(
    "many-writes", "a reader is not content, however many writes there are",
    rule: "readRetry says no only if no write came in between, were it one or several.",
    models: [.sequential],
    scenes: [.init([[.read], [.write, .write, .write]]), .init([[.overtaken], [.overtakes]])])

  private static let writersExclude = SeqlockChecks.check(
    "writers-exclude", "one writer at a time",
    rule: "At most one CPU is between writeBegin and writeEnd, and it sees all that was done there before.",
    models: MemoryModel.allCases,
    scenes: [.init([[.write], [.write]]), .init([[.write, .write], [.write]])])

  private static let writersAndReader = SeqlockChecks.check(
    "writers-and-reader", "a second writer that waits does not deceive readers",
    rule: "The data is not taken for whole while somebody writes it, whoever else wants to write.",
    models: [.sequential],
    scenes: [.init([[.read], [.write], [.write]]), .init([[.write], [.write], [.write]])])

  private static let interrupted = SeqlockChecks.check(
    "interrupted", "interrupt handlers may read and write the pair",
    rule: "Interrupts stay off from writeBegin to writeEnd, and are then as before.",
    models: [.sequential],
    scenes: [
      .init([[.write]], interrupts: [.init(on: 0, .read)]), .init([[.read]], interrupts: [.init(on: 0, .write)]),
      .init([[.write]], interrupts: [.init(on: 0, .write)]),
      .init([[.maskedWrite]], interrupts: [.init(on: 0, .maskedWrite)]),
    ])

  private static let barriers = SeqlockChecks.check(
    "barriers", "nothing is torn on a processor that reorders",
    rule: "Odd comes before the data and the data before even; the readers' two looks are around their loads.",
    models: [.totalStoreOrder, .releaseAcquire],
    scenes: [
      .init([[.read], [.write]]), .init([[.read], [.write, .write]]),
      // The second writer goes on from the number that the first one left.
      .init([[.write, .signal], [.wait, .write, .read]]),
    ])
}
