public import Interleave
public import LabKernel

/// The RCU lab: readers that follow pointers to objects, and updaters that put new objects there and free the old.
public enum RCULab: InterleavingLab {
  /// Any RCU.
  public typealias Component = any ReadCopyUpdate.Type

  /// What each CPU does, one act after the other.
  ///
  /// Each CPU that updates has a pointer of its own, and readers follow all pointers; where none updates there is one.
  /// The objects have numbers: first those to which the pointers point at the start, then a new one for each update,
  /// CPU by CPU.
  public struct Scene: Codable, Sendable, Equatable {
    /// The acts of each CPU.
    public var cpus: [[Act]]

    /// A scene.
    public init(_ cpus: [[Act]]) { self.cpus = cpus }
  }

  /// One thing that a CPU does.
  public enum Act: Codable, Sendable, Hashable {
    /// A section in which each pointer's object is read.
    case read
    /// The same, with a section inside the section that is over before the object is read.
    case readNested
    /// Begins a section, or goes one deeper into it.
    case enter
    /// Ends a section, or comes one up.
    case leave
    /// Reads each pointer's object, within a section.
    case follow
    /// Puts a new object in place of the old, and lets the old one be.
    case publish
    /// Waits for a grace period.
    case synchronize
    /// Puts a new object in place of the old, waits for a grace period, and frees the old one.
    case update
    /// Puts a new object in place of the old, waits for a grace period, writes the old one again and puts it back.
    case putBack
    /// Puts a new object in place of the old, and has a callback free the old one.
    case updateLater
    /// The same, and the callback puts yet another object in place, and has another callback free the one before that.
    case updateTwiceLater
    /// Has a callback run that tells that it does, and has another run: so many one after the other.
    case call(Int)
    /// Waits for the callbacks.
    case barrier
    /// Gives a signal; all that this CPU did before comes before it.
    case signal(Int)
    /// Waits for a signal; all that comes before the signal comes before what this CPU does next.
    case wait(Int)
    /// Looks whether a signal has been given: in some execution it must have been.
    case looks(Int)
    /// Looks whether a signal has been given: in every execution it must have been.
    case finds(Int)
    /// Looks whether a signal has been given: in no execution may it have been.
    case findsNot(Int)
    /// Goes on when no other CPU can.
    case untilQuiet
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

  /// Whether a pointer led nowhere, a grace period took too long, or callbacks were lost, doubled or run out of order.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    let objects = 0..<scene.objects
    for told in outcome.observations {
      switch told.name {
      case SeenOfRCU.object where !objects.contains(told.value):
        return "CPU \(told.cpu) dereferenced a pointer and got \(told.value), which is no object"
      case SeenOfRCU.strayCallback:
        return "CPU \(told.cpu) ran callback \(told.value), and was not in barrier"
      case SeenOfRCU.mustBeOver where told.value == 0:
        return "synchronize waits on, though CPU \(told.cpu) has left two sections meanwhile, and is in its third"
      case SeenOfRCU.mustNotBeOver where told.value == 1:
        return "a grace period is over, though CPU \(told.cpu) is in a section that had begun before it"
      default: continue
      }
    }
    return scene.cpus.indices.lazy.compactMap { wrongCallbacks(of: $0, outcome, scene) }.first
  }

  /// The first barrier of a CPU that ran other callbacks than it had to, or nil.
  private static func wrongCallbacks(of cpu: Int, _ outcome: Outcome, _ scene: Scene) -> String? {
    var ran: [[Int]] = [[]]
    for told in outcome.observations where told.cpu == cpu {
      if told.name == SeenOfRCU.callback { ran[ran.count - 1].append(told.value) }
      if told.name == SeenOfRCU.barrier { ran.append([]) }
    }
    for (number, (ran, due)) in zip(ran.dropLast(), callbacksDue(scene.cpus[cpu])).enumerated() where ran != due {
      return "barrier \(number + 1) of CPU \(cpu) ran callbacks \(ran); those to run were \(due), in this order"
    }
    return nil
  }

  /// The numbers of the callbacks that must run in each barrier of a CPU, in their order.
  private static func callbacksDue(_ acts: [Act]) -> [[Int]] {
    var number = 0
    var due: [[Int]] = []
    var waiting: [[Int]] = []
    for act in acts {
      if act == .barrier {
        due.append(waiting.map { $0[0] })
        waiting = waiting.compactMap { $0.count > 1 ? Array($0[1...]) : nil }
      } else if act.callbacks > 0 {
        waiting.append(Array(number..<number + act.callbacks))
        number += act.callbacks
      }
    }
    return due
  }
}

/// The names under which the desk tells what it sees.
package enum SeenOfRCU {
  /// The object to which a pointer led.
  package static let object = "object"
  /// A callback runs; the value is its number.
  static let callback = "callback"
  /// The same, and the CPU is not in `barrier`.
  static let strayCallback = "callback outside of barrier"
  /// A grace period is over that nothing hangs on.
  static let synchronized = "synchronized"
  /// A barrier is over.
  static let barrier = "barrier over"
  /// Whether a signal has been given that must have been in some execution.
  package static let over = "over"
  /// Whether a signal has been given that must have been in every execution.
  static let mustBeOver = "over in the third"
  /// Whether a signal has been given that may not have been in any execution.
  static let mustNotBeOver = "over in the first"
}

extension RCULab.Scene {
  /// How many pointers there are: one for each CPU that updates, but at least one.
  package var pointers: Int { max(1, cpus.count { $0.contains { $0.updates > 0 } }) }
  /// How many objects there are.
  package var objects: Int { cpus.joined().reduce(pointers) { $0 + $1.updates } }
  /// How many signals there are.
  var signals: Int { (cpus.joined().compactMap(\.signalNumber).max() ?? -1) + 1 }
}

extension RCULab.Act {
  /// How many new objects it needs.
  package var updates: Int {
    switch self {
    case .publish, .update, .putBack, .updateLater: 1
    case .updateTwiceLater: 2
    case .read, .readNested, .enter, .leave, .follow, .synchronize, .call, .barrier: 0
    case .signal, .wait, .looks, .finds, .findsNot, .untilQuiet: 0
    }
  }

  /// How many callbacks come of it.
  package var callbacks: Int {
    switch self {
    case .updateLater: 1
    case .updateTwiceLater: 2
    case .call(let count): count
    case .read, .readNested, .enter, .leave, .follow, .publish, .synchronize, .update, .putBack, .barrier: 0
    case .signal, .wait, .looks, .finds, .findsNot, .untilQuiet: 0
    }
  }

  /// The number of the signal that is given, waited for or looked at, or nil.
  fileprivate var signalNumber: Int? {
    switch self {
    case .signal(let number), .wait(let number), .looks(let number), .finds(let number): number
    case .findsNot(let number): number
    case .read, .readNested, .enter, .leave, .follow, .publish, .synchronize, .update, .updateLater: nil
    case .putBack, .updateTwiceLater, .call, .barrier, .untilQuiet: nil
    }
  }
}
