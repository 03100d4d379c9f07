public import Interleave
internal import LabKernel

/// A lab whose component several CPUs use at once: it is right if every interleaving is.
///
/// The CPUs and handlers of a scene, its codes, do not run against each other in the sandbox. They are run one by one,
/// and the result is what they *can do*, an ``Unfolding``; the judging side derives from that which interleavings there
/// are and whether all of them are right.
public protocol InterleavingLab: Lab, SendableMetatype where Input == Exploration<Scene>, Output == Unfolding {
  /// What each CPU does, and how often: the lab's own.
  associatedtype Scene: Codable, Sendable, Equatable

  /// Sets up the CPUs and interrupts of a scene, around a fresh component.
  ///
  /// - Parameters:
  ///   - component: the scenario's subject; nil if only its unfolding is known.
  ///   - calls: is told of each call into the component before it is made.
  static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp

  /// Returns a scene without what is expected of it.
  static func withoutExpectations(_ scene: Scene) -> Scene

  /// Whether the component is told how many CPUs a scene has.
  static var knowsCPUs: Bool { get }

  /// Returns what is wrong with an execution that came to its end, or nil.
  ///
  /// Deadlocks, races, uses after free and two CPUs in one section are found without it. It is also asked about the
  /// beginnings of an execution of which it complains, and must cope with missing observations.
  static func complaint(about outcome: Outcome, in scene: Scene) -> String?
}

extension InterleavingLab {
  /// Most components are told nothing.
  public static var knowsCPUs: Bool { false }

  /// Returns the scene as it is: most scenes say what to do, and not what is expected.
  public static func withoutExpectations(_ scene: Scene) -> Scene { scene }

  /// Without expectations it is unknown when to stop looking, so everything is learned that could be asked about.
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

/// One case of an interleaving lab: a scene, the memory model, and how thoroughly to explore.
public struct Exploration<Scene: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  /// What each CPU does.
  public var scene: Scene
  /// The memory model, and how far to explore.
  public var plan: Plan
  /// Whether to look for the smallest wrong execution even where none was found.
  public var isThorough = false

  /// A case.
  public init(_ scene: Scene, _ plan: Plan) {
    self.scene = scene
    self.plan = plan
  }
}

extension Scenario {
  /// Makes the component the subject of the scenario; each call is announced to `calls` before it is made.
  mutating func subject<Kind, Component>(
    _ kind: Kind?, calls: any CallLog, _ make: (Kind, inout Scenario) -> Component
  ) -> Subject<Component> {
    let announce: (String) -> Void = { calls.willCall($0) }
    return subject(kind, announce: announce, make)
  }
}
