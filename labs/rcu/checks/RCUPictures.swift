import Judging
import LabKernel

/// Simpler scenes to try in place of a failing one.
enum RCUShrinking {
  /// One CPU less, or one act less; those that wait for each other stay together.
  static func shrinks(_ input: RCULab.Input) -> [RCULab.Input] {
    let scene = input.scene
    guard !scene.cpus.joined().contains(where: { $0 == .hold || $0 == .comeAgain }) else { return [] }
    let fewer = scene.cpus.count > 1 ? scene.cpus.withoutRuns().filter { $0.count == scene.cpus.count - 1 } : []
    let shorter = scene.cpus.simplifyingEach { acts in
      acts.indices.map { number in
        var fewer = acts
        fewer.remove(at: number)
        return fewer
      }
    }
    return (fewer + shorter).map { RCULab.Input(RCULab.Scene($0), input.plan) }
  }
}

extension RCULab.Scene {
  /// How many acts there are.
  var acts: Int { cpus.joined().count }
}

extension RCULab.Input {
  /// The scene in words, a row a CPU, and the memory model under which it was looked at.
  var picture: [Picture.Row] {
    let cpus = scene.cpus.enumerated().map { cpu, acts in
      Picture.Row("CPU \(cpu)", acts.isEmpty ? "nothing" : acts.map(\.verb).joined(separator: ", "))
    }
    return [Picture.Row("model", plan.model.name)] + cpus
  }
}

extension RCULab.Act {
  fileprivate var verb: String {
    switch self {
    case .read: "reads"
    case .readNested: "reads around a section"
    case .publish: "publishes"
    case .update: "updates"
    case .updateLater: "updates with call"
    case .updateLaterInside: "updates with call in a section"
    case .updateTwiceLater: "updates with call, and from the callback again"
    case .call: "calls"
    case .callTwice: "calls a callback that calls"
    case .barrier: "barrier"
    case .hold: "stays in a section until another is in"
    case .comeAgain: "is in three sections, in each until nobody else can go on"
    case .arriveLate: "comes when one is in, and stays"
    case .waitForHolder: "synchronizes when one is in"
    }
  }
}
