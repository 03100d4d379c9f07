import Interleave
import Judging
import LabHarness
import LabKernel

/// The visible checks of the seqlock lab, and the parts that its hidden checks are built from.
public enum SeqlockChecks {
  /// Run by `labs-cli test seqlock`.
  public static let suite = suite(
    .visible,
    [readsAtOnce, nothingTorn, readersStoreNothing, overtaken, oneWriter, interruptsOff, interruptsAsBefore, orderings])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<SeqlockLab>]) -> Suite<SeqlockLab> {
    Suite(
      SeqlockLab.self, visibility: visibility, unit: "reads and writes", shrinks: SeqlockShrinking.shrinks,
      show: \.picture, size: \.scene.acts, checks: checks)
  }

  /// Makes a check of the lab.
  package static func check(
    _ id: String, _ title: String, models: [MemoryModel] = [.sequential], scenes: [SeqlockLab.Scene],
    drawn: @escaping @Sendable (_ seed: UInt64) -> [SeqlockLab.Scene] = { _ in [] },
    also: @escaping @Sendable (SeqlockLab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<SeqlockLab> {
    Check(
      id: id, title: title, scenes: scenes, drawn: drawn, models: models, also: also
    ).naming(SeqlockRules.broken)
  }

  private static let readsAtOnce = check(
    "reads-at-once", "a read section that no write overlaps needs no retry",
    scenes: [
      .init([[.read]]), .init([[.read, .read], [.read]]), .init([[.write, .read]]), .init([[.write, .write, .read]]),
      .init([[.write, .release(0)], [.acquire(0), .read, .read]]),
      .init([[.read, .release(0)], [.acquire(0), .write]]),
      .init([[.readAround]]), .init([[.read]], interrupts: [.init(on: 0, .read)]), .init([[], [], [.read], [.read]]),
    ], drawn: { [SeqlockDraw.undisturbed(seed: $0)] })

  private static let nothingTorn = check(
    "nothing-torn", "a reader reads exactly what one write section left",
    scenes: [
      .init([[.read], [.write]]), .init([[.readOnce], [.write, .write]]),
      .init([[.readUntil(0)], [.write, .signal(0)]]),
    ], drawn: { [SeqlockDraw.readerAndWriter(seed: $0)] }, also: everythingCanBeRead)

  /// Examines what readers' code can do in any execution, including those with torn data.
  private static let readersStoreNothing = check(
    "readers-store-nothing", "readers store to no memory that CPUs share",
    scenes: [
      .init([[.read]]), .init([[.read], [.write]]), .init([[.write], [.read, .read]]),
      .init([[.readAround], [.write]]),
      .init([[.maskedRead]]), overtakenOnce(8),
    ], drawn: { [SeqlockDraw.readerAndWriter(seed: $0)] }, also: readersStore)

  private static let overtaken = check(
    "overtaken", "a read section that writes overtake delays none of them, and is retried",
    scenes: [
      .init([[.overtaken([1])], [.overtakes([1])]]), .init([[.overtaken([2, 1, 3])], [.overtakes([2, 1, 3])]]),
    ], drawn: { [SeqlockDraw.overtaken(seed: $0, writers: 1)] })

  private static let oneWriter = check(
    "one-writer", "only one CPU writes at a time, and the next follows when it is done",
    models: [.sequential, .releaseAcquire],
    scenes: [.init([[.write, .write]]), .init([[.write], [.write]])])

  private static let interruptsOff = check(
    "interrupts-off", "no interrupt comes in the middle of a write section",
    scenes: [.init([[.write]], interrupts: [.init(on: 0, .read)]), .init([[.write]], isWatched: true)])

  private static let interruptsAsBefore = check(
    "interrupts-as-before", "after a section, interrupts are as they were before it",
    scenes: [
      .init([[.write, .read]], isWatched: true), .init([[.maskedWrite, .maskedRead]], isWatched: true),
      .init([[.write, .maskedWrite, .write]], isWatched: true),
    ])

  private static let orderings = check(
    "orderings", "no data is torn even if loads see stale values",
    models: [.releaseAcquire],
    scenes: [.init([[.readOnce], [.write]]), .init([[.readUntil(0)], [.write, .signal(0)]])])
}

extension SeqlockChecks {
  /// Finds a value that no reader ever reads: of one CPU's writes, a reader can meet each.
  private static func everythingCanBeRead(_ scene: SeqlockLab.Scene, _ unfolding: Unfolding) -> String? {
    guard scene.cpus.contains([.read]) || scene.cpus.contains([.readOnce]) else { return nil }
    var missing = Set(0...scene.writes)
    let isEverythingRead = someExecution(of: unfolding) { outcome in
      missing.subtract(SeqlockLab.readings(in: outcome).map(\.first))
      return missing.isEmpty
    }
    return isEverythingRead != false
      ? nil : "no read section ever ends with \(missing.min() ?? 0) in both halves, whenever it begins"
  }

  /// Makes a scene of this many read sections, each of which is overtaken by one write.
  package static func overtakenOnce(_ readings: Int) -> SeqlockLab.Scene {
    let counts = Array(repeating: 1, count: readings)
    return .init([[.overtaken(counts)], [.overtakes(counts)]])
  }

  /// Finds a CPU that only reads, but stores.
  private static func readersStore(_ scene: SeqlockLab.Scene, _ unfolding: Unfolding) -> String? {
    for (cpu, acts) in scene.cpus.enumerated() where acts.allSatisfy(\.isReading) {
      let written = unfolding.atomicsWritten(by: cpu)
      guard let name = written.first(where: { $0 != SeqlockLab.turnName }) else { continue }
      return "CPU \(cpu) only reads, but stores to \(name)"
    }
    return nil
  }
}
