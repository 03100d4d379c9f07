public import Interleave

/// The RCU lab: readers that follow pointers to objects, and updaters that put new objects there and free the old.
public enum RCULab: InterleavingLab {
  /// Any RCU.
  public typealias Component = any ReadCopyUpdate.Type

  /// The name of the lab.
  public static let slug = "rcu"

  /// What each CPU does, one act after the other.
  ///
  /// Each CPU that updates has a pointer of its own, and readers follow all pointers; where nobody updates there is one.
  /// The objects have numbers: first those to which the pointers point at the start, then a new one for each update,
  /// CPU by CPU.
  public struct Scene: Codable, Sendable, Equatable {
    /// The acts of each CPU.
    public var cpus: [[Act]]

    /// A scene.
    public init(_ cpus: [[Act]]) { self.cpus = cpus }
  }

  /// One thing that a CPU does.
  public enum Act: String, Codable, Sendable, CaseIterable {
    /// A section in which each pointer's object is read.
    case read
    /// The same, with a section inside the section that is over before the object is read.
    case readNested
    /// Puts a new object in place of the old, and lets the old one be.
    case publish
    /// Puts a new object in place of the old, waits for a grace period, and frees the old one.
    case update
    /// Puts a new object in place of the old, and has a callback free the old one.
    case updateLater
    /// The same within a section.
    case updateLaterInside
    /// The same, and the callback puts yet another object in place, and has another callback free the one before that.
    case updateTwiceLater
    /// Has a callback run that only tells that it does.
    case call
    /// Has a callback run that tells that it does, and has another run.
    case callTwice
    /// Waits for the callbacks.
    case barrier
    /// A section that ends only when another CPU is in one: it began first.
    case hold
    /// Three sections, each of which ends only when nobody else can go on; looks at last whether the grace period is over.
    case comeAgain
    /// A section that begins while a CPU holds one, and looks whether the grace period is over already.
    case arriveLate
    /// Waits for a grace period while a CPU holds a section.
    case waitForHolder
  }

  /// `init(cpus:)` tells it.
  public static var knowsCPUs: Bool { true }

  /// The CPUs of a scene.
  public static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp {
    { scenario in
      let rcu = scenario.subject(component, calls: calls) { component, _ in
        component.init(cpus: scene.cpus.count)
      }
      let desk = RCUDesk(rcu, scene)
      desk.name(in: &scenario)
      for (cpu, acts) in scene.cpus.enumerated() { scenario.cpu { desk.carryOut(acts, on: cpu) } }
    }
  }

  /// Whether a pointer led nowhere, or callbacks were lost, doubled or run out of order.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    let objects = 0..<scene.objects
    if let stray = outcome.observations.first(where: { $0.name == "object" && !objects.contains($0.value) }) {
      return "CPU \(stray.cpu) dereferenced a pointer and got \(stray.value), which is no object"
    }
    for (cpu, acts) in scene.cpus.enumerated() {
      let ran = outcome.observations.filter { $0.cpu == cpu && $0.name == "callback" }.map(\.value)
      let due = callbacksDue(acts)
      if Array(ran.prefix(due.count)) != due {
        return "CPU \(cpu) asked for callbacks \(due), which its last barrier waits for; it ran \(ran)"
      }
      if Set(ran).count != ran.count { return "CPU \(cpu) ran a callback twice: \(ran)" }
      if ran.count > due.count {
        return "CPU \(cpu) ran callbacks \(ran), but what a callback asks for waits for the next barrier: \(due)"
      }
    }
    guard let starved = outcome.observations.first(where: { $0.name == "over in the third" && $0.value == 0 }) else {
      return nil
    }
    return "synchronize waits on, though CPU \(starved.cpu) has left two sections meanwhile, and is in its third"
  }

  /// The numbers of the callbacks that must have run when a CPU's last barrier is over, in their order.
  private static func callbacksDue(_ acts: [Act]) -> [Int] {
    var number = 0
    var due: [Int] = []
    var waiting: [[Int]] = []
    for act in acts {
      if act == .barrier {
        due += waiting.map { $0[0] }
        waiting = waiting.compactMap { $0.count > 1 ? Array($0[1...]) : nil }
      } else if act.callbacks > 0 {
        waiting.append(Array(number..<number + act.callbacks))
        number += act.callbacks
      }
    }
    return due
  }
}

extension RCULab.Scene {
  /// How many pointers there are: one for each CPU that updates, but at least one.
  package var pointers: Int { max(1, cpus.count { $0.contains { $0.updates > 0 } }) }
  /// How many objects there are.
  package var objects: Int { cpus.joined().reduce(pointers) { $0 + $1.updates } }
}

extension RCULab.Act {
  /// How many new objects it needs.
  package var updates: Int {
    switch self {
    case .publish, .update, .updateLater, .updateLaterInside: 1
    case .updateTwiceLater: 2
    case .read, .readNested, .call, .callTwice, .barrier, .hold, .comeAgain, .arriveLate, .waitForHolder: 0
    }
  }

  /// How many callbacks come of it.
  package var callbacks: Int {
    switch self {
    case .updateLater, .updateLaterInside, .call: 1
    case .callTwice, .updateTwiceLater: 2
    case .read, .readNested, .publish, .update, .barrier, .hold, .comeAgain, .arriveLate, .waitForHolder: 0
    }
  }
}
