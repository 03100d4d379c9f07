public import Interleave
internal import LabKernel

/// A lab whose component several CPUs use at once: right when every interleaving says so.
///
/// The codes of a scene are not run against each other in the sandbox. They are run one by one, and what comes out is
/// what they *can do*, an ``Unfolding``; which interleavings there are and whether all are right is found out from that
/// by whoever judges.
public protocol InterleavingLab: Lab, SendableMetatype where Input == Exploration<Scene>, Output == Unfolding {
  /// Who does what, how often: the lab's own.
  associatedtype Scene: Codable, Sendable, Equatable

  /// The CPUs and interrupts of a scene, around a fresh component.
  ///
  /// - Parameters:
  ///   - component: the scenario's subject; nil where all that is known of it is an unfolding.
  ///   - calls: is told of each call into the component before it is made.
  static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp

  /// A scene without what is expected of it.
  static func withoutExpectations(_ scene: Scene) -> Scene

  /// Whether the component is told how many CPUs a scene has.
  static var knowsCPUs: Bool { get }

  /// What is wrong with an execution that came to its end, or nil.
  ///
  /// Deadlocks, races, uses after free and two CPUs in one section are found without it. It is also asked about the
  /// beginnings of an execution of which it complains, and must bear that not everything has been observed.
  static func complaint(about outcome: Outcome, in scene: Scene) -> String?
}

extension InterleavingLab {
  /// Most components are told nothing.
  public static var knowsCPUs: Bool { false }

  /// Most scenes say what to do, and nothing of what is to come of it.
  public static func withoutExpectations(_ scene: Scene) -> Scene { scene }

  /// Without what is expected, nobody can tell when to stop looking: so all is learned that could be asked.
  public static func question(_ input: Input) -> Input {
    var question = input
    question.scene = withoutExpectations(input.scene)
    question.isThorough = question.scene != input.scene
    return question
  }

  /// Learns what the codes of the scene can do.
  public static func run(_ component: Component, on input: Input, calls: any CallLog) -> Output {
    let setUp = setUp(component, input.scene, calls: calls)
    let property: Property = { complaint(about: $0, in: input.scene) }
    return unfold([input.plan], isThorough: input.isThorough, property: property, setUp)
  }
}

/// One case of an interleaving lab: a scene, and how thoroughly to look into it under which memory model.
public struct Exploration<Scene: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  /// Who does what.
  public var scene: Scene
  /// Under which memory model, and how far.
  public var plan: Plan
  /// Whether to look for the smallest wrong execution also where none was found.
  public var isThorough = false

  /// A case.
  public init(_ scene: Scene, _ plan: Plan) {
    self.scene = scene
    self.plan = plan
  }
}

extension Scenario {
  /// The component of a lab; each call is announced to `calls` before it is made.
  mutating func subject<Kind, Component>(
    _ kind: Kind?, calls: any CallLog, _ make: (Kind, inout Scenario) -> Component
  ) -> Subject<Component> {
    let announce: (String) -> Void = { calls.willCall($0) }
    return subject(kind, announce: announce, make)
  }
}
