public import Interleave
public import LabKernel

/// The ticket-lock lab: a few CPUs and one spin lock.
public enum TicketLockLab: InterleavingLab {
  /// Any spin lock.
  public typealias Component = any SpinLock.Type

  /// What each CPU does with the lock, and what its handlers do.
  public struct Scene: Codable, Sendable, Equatable {
    /// The steps of each CPU.
    public var cpus: [[Step]]
    /// The steps of each interrupt handler; all interrupts come to one CPU.
    public var handlers: [[Step]]
    /// The CPU that the interrupts come to.
    public var interrupted: Int
    /// What the lock protects.
    public var protected: Protected
    /// The CPUs in the order in which they must have acquired the lock; empty if any order will do.
    public var order: [Int]
    /// Whether at least one of several `tryLock()` must have succeeded.
    public var oneMustGetIt: Bool
    /// Whether each call must leave interrupts as it found them: checked after the call, even while the lock is held.
    public var asksForInterrupts: Bool
    /// Whether no `tryLock()` may succeed while a CPU waits in `lock()`, whatever else is expected of it.
    public var noTryPasses: Bool

    /// A scene.
    public init(
      _ cpus: [[Step]], handlers: [[Step]] = [], interrupted: Int = 0, protected: Protected = .nothing,
      order: [Int] = [], oneMustGetIt: Bool = false, asksForInterrupts: Bool = false,
      noTryPasses: Bool = false
    ) {
      self.cpus = cpus
      self.handlers = handlers
      self.interrupted = interrupted
      self.protected = protected
      self.order = order
      self.oneMustGetIt = oneMustGetIt
      self.asksForInterrupts = asksForInterrupts
      self.noTryPasses = noTryPasses
    }
  }

  /// One thing that a CPU does.
  public enum Step: Codable, Sendable, Equatable {
    /// Acquires the lock, and uses what it protects.
    case lock
    /// Tries to acquire the lock, and uses what it protects if that worked; says whether it must work, or must fail.
    case tryLock(Expectation)
    /// Releases the lock, if this CPU holds it.
    case unlock
    /// Goes on when no other CPU can.
    case untilQuiet
    /// Tells the other CPUs that it has come this far.
    case signal(Int)
    /// Waits until another CPU has said this number.
    case wait(Int)
    /// Disables interrupts, and restores them.
    case irqSave, irqRestore
  }

  /// What `tryLock()` must return.
  public enum Expectation: String, Codable, Sendable {
    /// Either result will do.
    case any
    /// True: the lock is free, and no other CPU wants it.
    case taken
    /// False: another CPU holds it.
    case refused
  }

  /// What is used under the lock.
  public enum Protected: String, Codable, Sendable {
    /// Nothing: it only matters which CPU holds the lock when.
    case nothing
    /// An atomic number of the CPUs that hold the lock.
    case presence
    /// A count in plain memory.
    case plainCount
    /// A count in an atomic, read and written with relaxed ordering.
    case relaxedCount
  }

  /// Sets up the CPUs with their steps around a fresh lock.
  public static func setUp(
    _ component: (any SpinLock.Type)?, _ scene: Scene, calls: any CallLog
  ) -> Scenario.SetUp {
    { scenario in
      calls.willCall("init()")
      let lock = scenario.subject(component, calls: calls) { component, _ in component.init() }
      let stage = LockStage(lock, scene)
      stage.name(in: &scenario)
      for steps in scene.cpus { scenario.cpu { stage.perform(steps) } }
      for steps in scene.handlers {
        scenario.interrupt(on: scene.interrupted) { stage.perform(steps, inHandler: true) }
      }
    }
  }

  /// Returns the scene without what each `tryLock()` must return, and without the order of the CPUs.
  public static func withoutExpectations(_ scene: Scene) -> Scene {
    var scene = scene
    scene.order = []
    scene.oneMustGetIt = false
    scene.cpus = scene.cpus.map { $0.map(\.withoutExpectation) }
    return scene
  }

  /// Returns the first thing wrong with the holders of the lock, with the count, or with what `tryLock()` returned.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    let entries = outcome.observations.filter { $0.name == SeenOfLock.entry }
    if let late = entries.first(where: { $0.value != 0 }) {
      return "CPU \(late.cpu) acquired the lock while another CPU held it"
    }
    return InterruptFlags.complaint(about: outcome) ?? wrongTry(outcome, scene)
      ?? WaitersForLock.complaint(about: outcome, in: scene) ?? wrongCount(outcome, scene, entries.count)
      ?? wrongOrder(entries, scene)
  }

  /// Returns the CPU that acquired the lock first, or nil if none did.
  package static func firstEntry(in outcome: Outcome) -> Int? {
    outcome.observations.first { $0.name == SeenOfLock.entry }?.cpu
  }

  private static func wrongTry(_ outcome: Outcome, _ scene: Scene) -> String? {
    let answers = outcome.observations.filter { $0.name == SeenOfLock.answer || $0.name == SeenOfLock.answerInHandler }
    for cpu in scene.cpus.indices {
      let own = answers.filter { $0.cpu == cpu && $0.name == SeenOfLock.answer }
      for (expected, seen) in zip(scene.cpus[cpu].compactMap(\.expectation), own) {
        if expected == .taken, seen.value == 0 { return "tryLock() on CPU \(cpu) failed although the lock was free" }
        if expected == .refused, seen.value == 1 { return "tryLock() on CPU \(cpu) acquired a lock that was held" }
      }
    }
    // Until all have tried, it cannot be said that all have failed.
    let tries = (scene.cpus + scene.handlers).joined().filter { $0.expectation != nil }.count
    guard scene.oneMustGetIt, answers.count == tries, answers.allSatisfy({ $0.value == 0 }) else { return nil }
    return "every tryLock() failed, though no CPU held the lock"
  }

  private static func wrongCount(_ outcome: Outcome, _ scene: Scene, _ entries: Int) -> String? {
    let successes = outcome.observations.filter {
      ($0.name == SeenOfLock.answer || $0.name == SeenOfLock.answerInHandler) && $0.value == 1
    }
    let lockings = (scene.cpus + scene.handlers).joined().filter { $0 == .lock }.count + successes.count
    if entries != lockings { return "the lock was acquired \(entries) times, not \(lockings)" }
    guard scene.protected == .plainCount || scene.protected == .relaxedCount else { return nil }
    guard let count = outcome.value(of: "count"), count != lockings else { return nil }
    return "after \(lockings) times += 1 under the lock, the count is \(count)"
  }

  private static func wrongOrder(_ entries: [Observation], _ scene: Scene) -> String? {
    let order = entries.map(\.cpu)
    guard !scene.order.isEmpty, order != scene.order else { return nil }
    return "the CPUs were queued in the order \(words(scene.order)), but held the lock in the order \(words(order))"
  }

  private static func words(_ cpus: [Int]) -> String { cpus.map { "\($0)" }.joined(separator: ", ") }
}

/// The names of what the stage observes.
enum SeenOfLock {
  /// A CPU has acquired the lock; the value is how many others hold it.
  static let entry = "others inside"
  /// What `tryLock()` returned, as 0 or 1.
  static let answer = "tryLock"
  /// The same as `answer`, in an interrupt handler.
  static let answerInHandler = "tryLock in the handler"
  /// The next thing that a CPU does is to call `lock()`.
  static let comes = "comes"
  /// `lock()` has returned.
  static let getsIt = "gets it"
  /// No other CPU could go on.
  static let quiet = "quiet"
}

extension TicketLockLab.Step {
  fileprivate var withoutExpectation: TicketLockLab.Step { expectation == nil ? self : .tryLock(.any) }

  fileprivate var expectation: TicketLockLab.Expectation? {
    guard case .tryLock(let expectation) = self else { return nil }
    return expectation
  }
}
