import Judging
import LabHarness
import LabKernel

/// Simpler scenes to try instead of a failing one.
enum RCUShrinking {
  /// Returns scenes with one CPU less, or one act less; acts that wait for each other stay together.
  static func shrinks(_ input: RCULab.Input) -> [RCULab.Input] {
    let scene = input.scene
    guard !scene.cpus.joined().contains(where: \.dependsOnOthers) else { return [] }
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
  /// The scene in words, one row per CPU, and the memory model under which it was explored.
  var picture: [Picture.Row] {
    let cpus = scene.cpus.enumerated().map { cpu, acts in
      Picture.Row("CPU \(cpu)", acts.isEmpty ? "nothing" : acts.map(\.verb).joined(separator: ", "))
    }
    return [Picture.Row("model", plan.model.name)] + cpus
  }
}

extension RCULab.Act {
  /// Whether it checks whether a grace period is over.
  var looks: Bool {
    if case .looks = self { return true }
    return false
  }

  /// Whether it makes no sense without what the other CPUs do, or what this CPU does before and after.
  fileprivate var dependsOnOthers: Bool {
    switch self {
    case .enter, .leave, .follow, .find, .use, .free, .freeLater, .gate, .second: true
    case .signal, .wait, .looks, .finds, .findsNot, .untilQuiet, .mark, .awaits, .findsBefore: true
    case .read, .readNested, .publish, .synchronize, .update, .putBack, .updateLater, .updateTwiceLater: false
    case .call, .barrier: false
    case .later(let acts): acts.contains(where: \.dependsOnOthers)
    }
  }

  fileprivate var verb: String {
    switch self {
    case .read: "reads"
    case .readNested: "reads around a section"
    case .enter: "readLock"
    case .leave: "readUnlock"
    case .follow: "reads"
    case .find: "dereferences"
    case .use: "reads what it found"
    case .publish: "publishes"
    case .free: "frees what it replaced"
    case .freeLater: "calls a callback that frees what it replaced"
    case .synchronize: "synchronizes"
    case .update: "updates"
    case .putBack: "publishes, synchronizes, and publishes the old object again"
    case .updateLater: "updates with call"
    case .updateTwiceLater: "updates with call, and from the callback again"
    case .call(1): "calls"
    case .call(let count): "calls a callback that calls, \(count) in all"
    case .later(let acts): "calls a callback (\(acts.map(\.verb).joined(separator: ", ")))"
    case .barrier: "barrier"
    case .gate(let act): act.verb
    case .second(let act): act.verb
    case .signal(let number): "gives signal \(number)"
    case .wait(let number): "waits for signal \(number)"
    case .looks(let number), .finds(let number), .findsNot(let number): "checks for signal \(number)"
    case .untilQuiet: "waits until no other CPU can go on"
    case .mark(let number): "reaches mark \(number)"
    case .awaits(let cpu, let mark): "waits for mark \(mark) of CPU \(cpu)"
    case .findsBefore(let cpu, let mark): "checks for mark \(mark) of CPU \(cpu)"
    }
  }
}

extension RCULab.Gate {
  fileprivate var verb: String {
    switch self {
    case .shut: "shuts the gate"
    case .visit: "visits the room if the gate is open"
    case .fill: "writes to the room"
    case .clear: "frees the room"
    }
  }
}

extension RCULab.Second {
  fileprivate var verb: String {
    switch self {
    case .publish: "writes the page and publishes the object at the second pointer"
    case .pass: "writes the page and publishes what it finds at the second pointer"
    case .follow: "reads the page if the second pointer leads to a new object"
    case .carry(let number): "publishes \(number) at the second pointer and dereferences it"
    }
  }
}
