public import Interleave
public import LabKernel

/// The wait-queue lab: tasks that wait for a condition, and others that make it true.
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
    /// The CPUs that must have been woken between one `untilQuiet` and the next; nil if that is not asked.
    public var woken: [[Int]]?
    /// Whether each call must leave interrupts as it found them: checked after the call.
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
    /// Waits until it is ready: prepares, checks, parks, over and over; then finishes.
    case waitUntilReady(exclusive: Bool)
    /// Makes it ready.
    case makeReady
    /// Is queued, without a check and without sleep.
    case prepareToWait(exclusive: Bool)
    /// The queue's own calls.
    case finishWait, wakeUp, wakeUpAll
    /// Wakes all, but only if a task is on the queue; a full barrier comes before the look.
    case wakeUpAllIfActive
    /// Parks, and reports when it returns.
    case park
    /// Wakes the task of a CPU, past the queue.
    case wake(Int)
    /// Asks whether any task is on the queue, and must get this answer; in a question it is false.
    case isActive(Bool)
    /// Goes on when no other CPU can.
    case untilQuiet
    /// Tells the other CPUs that it has come this far.
    case signal(Int)
    /// Waits, without the queue, until another CPU has said this number.
    case wait(Int)
    /// Disables interrupts, and restores them.
    case irqSave, irqRestore
    /// Uses something that is protected only while interrupts are off.
    case enter, leave
  }

  /// Whether the component is told the number of CPUs: it is, by `init(cpus:)`.
  public static var knowsCPUs: Bool { true }

  /// Sets up the CPUs with their steps around a fresh queue.
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

  /// Returns the scene without the CPUs that must be woken, and without what `isActive` must return.
  public static func withoutExpectations(_ scene: Scene) -> Scene {
    var scene = scene
    scene.woken = nil
    scene.cpus = scene.cpus.map { $0.map { $0.expectedActive == nil ? $0 : .isActive(false) } }
    return scene
  }

  /// Returns the first thing wrong with the tasks that were woken, or with what `isActive` returned.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    if let wrong = InterruptFlags.complaint(about: outcome) { return wrong }
    for cpu in scene.cpus.indices {
      let seen = outcome.observations.filter { $0.cpu == cpu && $0.name == SeenOfQueue.active }.map(\.value)
      for (expected, seen) in zip(scene.cpus[cpu].compactMap(\.expectedActive), seen) where expected != (seen == 1) {
        return expected
          ? "isActive is false, though a CPU is on the queue" : "isActive is true, though no CPU is on the queue"
      }
    }
    return scene.woken.flatMap { wrongPhase(outcome, $0) }
  }

  private static func wrongPhase(_ outcome: Outcome, _ expected: [[Int]]) -> String? {
    var phases: [[Int]] = [[]]
    for observation in outcome.observations {
      if observation.name == SeenOfQueue.quiet { phases.append([]) }
      if observation.name == SeenOfQueue.woken { phases[phases.count - 1].append(observation.cpu) }
    }
    for (phase, (expected, woken)) in zip(expected, phases).enumerated() where expected != woken.sorted() {
      return "after quiet \(phase), \(words(expected)) should have woken up, but \(words(woken.sorted())) did"
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

/// The names of what the stage observes.
enum SeenOfQueue {
  /// A task has returned from `park()`.
  static let woken = "woken"
  /// What `isActive` returned, as 0 or 1.
  static let active = "isActive"
  /// No other CPU could go on.
  static let quiet = "quiet"
}
