public import Interleave
public import LabKernel

/// The RCU lab: readers that follow pointers to objects, and updaters that publish new objects and free the old ones.
public enum RCULab: InterleavingLab {
  /// Any RCU.
  public typealias Component = any ReadCopyUpdate.Type

  /// What each CPU does, one act after the other.
  ///
  /// Each CPU that updates has a pointer of its own, and readers follow all pointers; if no CPU updates, there is one
  /// pointer. The objects have numbers: first the objects to which the pointers lead at the start, then a new one for
  /// each update, CPU by CPU.
  public struct Scene: Codable, Sendable, Equatable {
    /// The acts of each CPU.
    public var cpus: [[Act]]

    /// A scene.
    public init(_ cpus: [[Act]]) { self.cpus = cpus }
  }

  /// Whether the component is told the number of CPUs: it is, by `init(cpus:)`.
  public static var knowsCPUs: Bool { true }

  /// Sets up the CPUs of a scene.
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

  /// Returns what is wrong: a pointer led nowhere, a grace period took too long, or callbacks were lost, ran twice
  /// or ran out of order.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    let objects = 0..<scene.objects
    for told in outcome.observations {
      switch told.name {
      case SeenOfRCU.object where !objects.contains(told.value):
        return "CPU \(told.cpu) dereferenced a pointer and got \(told.value), which is not an object"
      case SeenOfRCU.strayCallback:
        return "CPU \(told.cpu) ran callback \(told.value) while it was not in barrier"
      case SeenOfRCU.mustBeOver where told.value == 0:
        return "synchronize still waits, though CPU \(told.cpu) has left two sections since and is in its third"
      case SeenOfRCU.mustNotBeOver where told.value == 1:
        return "a grace period is over, though CPU \(told.cpu) is still in a section that began before it"
      case SeenOfRCU.isAsPublished where told.value == 0:
        return "CPU \(told.cpu) dereferenced a pointer, and did not get the number that it had published there"
      default: continue
      }
    }
    return scene.cpus.indices.lazy.compactMap { wrongCallbacks(of: $0, outcome, scene) }.first
  }

  /// Returns the first barrier of a CPU that ran other callbacks than it had to, or nil.
  private static func wrongCallbacks(of cpu: Int, _ outcome: Outcome, _ scene: Scene) -> String? {
    var ran: [[Int]] = [[]]
    for told in outcome.observations where told.cpu == cpu {
      if told.name == SeenOfRCU.callback { ran[ran.count - 1].append(told.value) }
      if told.name == SeenOfRCU.barrier { ran.append([]) }
    }
    for (number, (ran, due)) in zip(ran.dropLast(), callbacksDue(scene.cpus[cpu])).enumerated() where ran != due {
      return "barrier \(number + 1) of CPU \(cpu) ran callbacks \(ran); it should have run \(due), in this order"
    }
    return nil
  }

  /// Returns the numbers of the callbacks that must run in each barrier of a CPU, in their order.
  private static func callbacksDue(_ acts: [Act]) -> [[Int]] {
    var number = 0
    var due: [[Int]] = []
    var waiting: [Errand] = []
    for act in acts {
      if act == .barrier {
        due.append(waiting.map(\.number))
        waiting = waiting.flatMap(\.asks)
      } else {
        waiting += errands([act], from: &number)
      }
    }
    return due
  }

  /// A callback, and the callbacks that it asks for when it runs.
  private struct Errand {
    var number: Int
    var asks: [Errand]
  }

  /// Returns the callbacks that acts ask for, with the numbers that they get.
  private static func errands(_ acts: [Act], from number: inout Int) -> [Errand] {
    var asked: [Errand] = []
    for act in acts where act.callbacks > 0 {
      let first = number
      number += act.callbacks
      if case .later(let acts) = act {
        var next = first + 1
        asked.append(Errand(number: first, asks: errands(acts, from: &next)))
      } else {
        // Each asks for the next.
        let chain = (first..<number).reversed().reduce([]) { [Errand(number: $1, asks: $0)] }
        asked += chain
      }
    }
    return asked
  }
}

/// The names of what the desk observes.
package enum SeenOfRCU {
  /// The object to which a pointer led.
  package static let object = "object"
  /// A callback runs; the value is its number.
  static let callback = "callback"
  /// The same, while the CPU is not in `barrier`.
  static let strayCallback = "callback outside of barrier"
  /// A grace period is over, and no object is freed after it.
  static let synchronized = "synchronized"
  /// A barrier is over.
  static let barrier = "barrier over"
  /// Whether a signal has been given; in some execution it must have been.
  package static let over = "over"
  /// Whether a signal has been given; in every execution it must have been.
  static let mustBeOver = "over in the third"
  /// Whether a signal has been given, or a mark reached; in no execution may it have been.
  static let mustNotBeOver = "over in the first"
  /// Whether a pointer holds the number that was published there.
  static let isAsPublished = "as published"
}

extension RCULab.Scene {
  /// The number of pointers: one for each CPU that updates, but at least one.
  package var pointers: Int { max(1, cpus.count { $0.contains { $0.updates > 0 } }) }
  /// How many objects there are.
  package var objects: Int { cpus.joined().reduce(pointers) { $0 + $1.updates } }
  /// Whether a CPU does such an act, or has a callback do it.
  func has(_ isOne: (RCULab.Act) -> Bool) -> Bool { cpus.joined().contains { $0.contains(isOne) } }
  /// How many signals there are.
  var signals: Int { (cpus.joined().compactMap(\.signalNumber).max() ?? -1) + 1 }
}
