import Interleave
import Judging
import LabKernel

/// The visible checks of the seqlock lab, and what its hidden ones are built from.
public enum SeqlockChecks {
  /// Run by `labs-cli test seqlock`.
  public static let suite = suite(.visible, [readsAtOnce, nothingTorn, readersStoreNothing])

  /// A suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<SeqlockLab>]) -> Suite<SeqlockLab> {
    Suite(
      SeqlockLab.self, visibility: visibility, unit: "readings and writes", shrinks: SeqlockShrinking.shrinks,
      show: \.picture, size: \.scene.acts, checks: checks)
  }

  /// A check of the lab.
  package static func check(
    _ id: String, _ title: String, rule: String, models: [MemoryModel], scenes: [SeqlockLab.Scene],
    also: @escaping @Sendable (SeqlockLab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<SeqlockLab> {
    Check(id: id, title: title, rule: rule, section: "4#sequence-locks", scenes: scenes, models: models, also: also)
  }

  private static let readsAtOnce = check(
    "reads-at-once", "who reads while nobody writes reads once",
    rule: "A reading that no write comes near to is not repeated, and waits for nobody.",
    models: [.sequential],
    scenes: [
      .init([[.read]]), .init([[.read], [.read]]), .init([[.write, .read]]), .init([[.write, .write, .read]]),
    ])

  private static let nothingTorn = check(
    "nothing-torn", "what is read is what one write left",
    rule: "A reading for which readRetry says no holds two halves of the same write.",
    models: [.sequential],
    scenes: [.init([[.read], [.write]]), .init([[.read], [.write, .write]])],
    also: everythingCanBeRead)

  /// Looks at what readers' code can do in any execution, torn ones included.
  private static let readersStoreNothing = Check<SeqlockLab>(
    id: "readers-store-nothing", title: "readers write to no memory that others use",
    rule: "readBegin and readRetry only load: a reader disturbs nobody, whatever becomes of it.",
    section: "4#sequence-locks",
    codesOf: [.init([[.read]]), .init([[.read], [.write]]), .init([[.read], [.write, .write]])]
  ) { scene, unfolding in
    for (cpu, acts) in scene.cpus.enumerated() where acts.allSatisfy({ $0.writes == 0 }) {
      guard let name = unfolding.atomicsWritten(by: cpu).first else { continue }
      return "CPU \(cpu) only reads, and stores to \(name)"
    }
    return nil
  }

  /// What nobody ever gets to see has not been written: of one CPU's writes, readers can meet each.
  private static func everythingCanBeRead(_ scene: SeqlockLab.Scene, _ unfolding: Unfolding) -> String? {
    guard scene.cpus.contains([.read]) else { return nil }
    var missing = Set(0...scene.writes)
    let isEverythingRead = someExecution(of: unfolding) { outcome in
      missing.subtract(SeqlockLab.readings(in: outcome).map(\.first))
      return missing.isEmpty
    }
    return isEverythingRead != false
      ? nil : "no reader ever reads \(missing.min() ?? 0) in both halves, whenever it comes"
  }
}
