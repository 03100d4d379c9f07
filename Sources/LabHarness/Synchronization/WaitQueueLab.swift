public import Interleave
public import LabKernel

/// The wait-queue lab: tasks that wait for something, and others that make it true.
public enum WaitQueueLab: InterleavingLab {
  /// Any wait queue.
  public typealias Component = any WaitQueue.Type

  /// What each CPU does, and what its handlers do.
  public struct Scene: Codable, Sendable, Equatable {
    /// The steps of each CPU.
    public var cpus: [[Step]]
    /// The steps of each interrupt handler; all interrupts come to one CPU.
    public var handlers: [[Step]]
    /// The CPU that the interrupts come to.
    public var interrupted: Int
    /// Who must have been woken between one `untilQuiet` and the next; nil if that is not asked.
    public var woken: [[Int]]?
    /// Whether each call must leave interrupts as it found them: asked after the call.
    public var asksForInterrupts: Bool

    /// A scene.
    public init(
      _ cpus: [[Step]], handlers: [[Step]] = [], interrupted: Int = 0, woken: [[Int]]? = nil,
      asksForInterrupts: Bool = false
    ) {
      self.cpus = cpus
      self.handlers = handlers
      self.interrupted = interrupted
      self.woken = woken
      self.asksForInterrupts = asksForInterrupts
    }
  }

  /// One thing that a CPU does.
  public enum Step: Codable, Sendable, Equatable {
    /// Waits until it is ready: prepares, looks, parks, over and over; then finishes.
    case waitUntilReady(exclusive: Bool)
    /// Makes it ready.
    case makeReady
    /// Gets in line, without a look and without sleep.
    case prepareToWait(exclusive: Bool)
    /// The queue's own calls.
    case finishWait, wakeUp, wakeUpAll
    /// Wakes all, but only if somebody is in line; with a full barrier in front of the look.
    case wakeUpAllIfActive
    /// Parks, and says when it comes back.
    case park
    /// Wakes the task of a CPU, past the queue.
    case wake(Int)
    /// Whether anybody is in line must be this; a question says false.
    case isActive(Bool)
    /// Goes on when nobody else can.
    case untilQuiet
    /// Tells the others that it has come so far.
    case signal(Int)
    /// Waits, without the queue, until another has told.
    case wait(Int)
    /// Keeps interrupts off, and lets them in again.
    case irqSave, irqRestore
    /// Uses something that only interrupts being off protects.
    case enter, leave
  }

  /// `init(cpus:)` tells it.
  public static var knowsCPUs: Bool { true }

  /// The CPUs with their steps around a fresh queue.
  public static func setUp(
    _ component: (any WaitQueue.Type)?, _ scene: Scene, calls: any CallLog
  ) -> Scenario.SetUp {
    { scenario in
      calls.willCall("init(cpus: \(scene.cpus.count), lock:)")
      let queue = scenario.subject(component, calls: calls) { component, scenario in
        let lock = TestAndSetLock()
        let queue = component.init(cpus: scene.cpus.count, lock: lock)
        scenario.names(from: lock)
        return queue
      }
      let stage = WaitStage(queue, asksForInterrupts: scene.asksForInterrupts)
      stage.name(in: &scenario)
      for steps in scene.cpus { scenario.cpu { stage.perform(steps) } }
      for steps in scene.handlers { scenario.interrupt(on: scene.interrupted) { stage.perform(steps) } }
    }
  }

  /// Who is to be woken, and what is to be seen, is not said.
  public static func withoutExpectations(_ scene: Scene) -> Scene {
    var scene = scene
    scene.woken = nil
    scene.cpus = scene.cpus.map { $0.map { $0.expectedActive == nil ? $0 : .isActive(false) } }
    return scene
  }

  /// The first thing wrong with who was woken, or with what `isActive` said.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    if let wrong = wrongInterrupts(outcome) { return wrong }
    for cpu in scene.cpus.indices {
      let seen = outcome.observations.filter { $0.cpu == cpu && $0.name == SeenOfQueue.active }.map(\.value)
      for (expected, seen) in zip(scene.cpus[cpu].compactMap(\.expectedActive), seen) where expected != (seen == 1) {
        return expected ? "isActive is false, and a CPU is in line" : "isActive is true, and no CPU is in line"
      }
    }
    return scene.woken.flatMap { wrongPhase(outcome, $0) }
  }

  private static func wrongInterrupts(_ outcome: Outcome) -> String? {
    for observation in outcome.observations where observation.name.hasPrefix(SeenOfQueue.interruptsAfter) {
      let call = observation.name.dropFirst(SeenOfQueue.interruptsAfter.count)
      return observation.value == 0
        ? "interrupts were on, and \(call) of CPU \(observation.cpu) left them off"
        : "interrupts were off, and \(call) of CPU \(observation.cpu) switched them on"
    }
    return nil
  }

  private static func wrongPhase(_ outcome: Outcome, _ expected: [[Int]]) -> String? {
    var phases: [[Int]] = [[]]
    for observation in outcome.observations {
      if observation.name == SeenOfQueue.quiet { phases.append([]) }
      if observation.name == SeenOfQueue.woken { phases[phases.count - 1].append(observation.cpu) }
    }
    for (phase, (expected, woken)) in zip(expected, phases).enumerated() where expected != woken.sorted() {
      return "after quiet \(phase) the task of \(words(expected)) was to wake up, and \(words(woken.sorted())) did"
    }
    return nil
  }

  private static func words(_ cpus: [Int]) -> String {
    cpus.isEmpty ? "no CPU" : "CPU " + cpus.map { "\($0)" }.joined(separator: " and ")
  }
}

extension WaitQueueLab.Step {
  fileprivate var expectedActive: Bool? {
    guard case .isActive(let expected) = self else { return nil }
    return expected
  }
}

/// The names under which the stage tells what it sees.
enum SeenOfQueue {
  /// A task came back from `park()`.
  static let woken = "woken"
  /// What `isActive` said, as 0 or 1.
  static let active = "isActive"
  /// Nobody else could go on.
  static let quiet = "quiet"
  /// How `irqSave()` finds interrupts after a call that was to leave them otherwise; the call's name follows.
  static let interruptsAfter = "interrupts after "
}
