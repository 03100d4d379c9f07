import Interleave
import Judging
import LabKernel

/// The visible checks of the RCU lab, and what its hidden ones are built from.
public enum RCUChecks {
  /// Run by `labs-cli test rcu`.
  public static let suite = suite(.visible, [publication, gracePeriod, nobodyThere, callbacks])

  /// A suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<RCULab>]) -> Suite<RCULab> {
    Suite(
      RCULab.self, visibility: visibility, unit: "acts", shrinks: RCUShrinking.shrinks, show: \.picture,
      size: \.scene.acts, checks: checks)
  }

  /// A check of the lab.
  package static func check(
    _ id: String, _ title: String, rule: String, models: [MemoryModel] = [.sequential], scenes: [RCULab.Scene],
    also: @escaping @Sendable (RCULab.Scene, Unfolding) -> String? = { _, _ in nil }
  ) -> Check<RCULab> {
    Check(id: id, title: title, rule: rule, section: "4#rcu", scenes: scenes, models: models, also: also)
  }

  private static let publication = check(
    "publication", "who finds an object finds it ready",
    rule: "Whoever dereferences a pointer sees all that was done before the object was published.",
    models: MemoryModel.allCases,
    scenes: [.init([[.read], [.publish]]), .init([[.read, .read], [.publish, .publish]])],
    also: everyObjectIsMet)

  private static let gracePeriod = check(
    "grace-period", "nothing is freed that a reader may still use",
    rule: "synchronize returns when every section that had begun before it was called is over.",
    scenes: [.init([[.read], [.update]]), .init([[.read, .read], [.update]])])

  private static let nobodyThere = check(
    "nobody-there", "without readers a grace period is over at once",
    rule: "synchronize waits for sections that have begun, and for nothing else.",
    scenes: [
      .init([[.update]]), .init([[.update, .update], []]), .init([[.read, .update, .read]]),
      .init([[.readNested, .update]]),
    ])

  private static let callbacks = check(
    "callbacks", "callbacks run after a grace period, each once, in order",
    rule: "A callback runs once, after a grace period that began when it had been asked for, and in its turn.",
    scenes: [
      .init([[.call, .barrier]]), .init([[.call, .call, .barrier, .call, .barrier, .barrier]]),
      .init([[.read], [.updateLater, .barrier]]), .init([[.read], [.updateLater, .updateLater, .barrier]]),
    ])

  /// What nobody ever gets to see has not been published.
  private static func everyObjectIsMet(_ scene: RCULab.Scene, _ unfolding: Unfolding) -> String? {
    guard scene.cpus.contains(where: { $0.contains(.read) }) else { return nil }
    var missing = Set(0..<scene.objects)
    let isEveryObjectMet = someExecution(of: unfolding) { outcome in
      for seen in outcome.observations where seen.name == "object" { missing.remove(seen.value) }
      return missing.isEmpty
    }
    return isEveryObjectMet != false ? nil : "no reader ever meets object \(missing.min() ?? 0), whenever it comes"
  }
}
