/// What is under test in a scenario, as the rest of the scenario sees it: calls go in, numbers come out.
///
/// ```swift
/// let lock = scenario.subject(kind) { kind, _ in kind.init() }
/// scenario.cpu {
///   let isMine = lock.call { $0.tryLock() }
///   …
/// }
/// ```
///
/// The rest of the scenario, the *harness*, is known to whoever judges; the subject is not. So an ``Unfolding`` marks
/// what comes out of the subject, and `Unfolding.deviation(from:)` runs the harness once more, without any subject, on
/// the answers that the unfolding claims it got. What a subject can lie about is then only itself.
public struct Subject<Component> {
  /// Nil where all that is known of it is an unfolding.
  private let component: Component?

  init(_ component: Component?) { self.component = component }

  /// Calls something that returns a number.
  public func call(_ body: (Component) -> Int) -> Int {
    let stage = Stage.current
    guard let component else { return stage.askSubject() }
    return stage.inSubject { body(component) }
  }

  /// Calls something that returns a truth.
  public func call(_ body: (Component) -> Bool) -> Bool { call { body($0) ? 1 : 0 } != 0 }

  /// Calls something that returns nothing.
  public func call(_ body: (Component) -> Void) {
    let _: Int = call {
      body($0)
      return 0
    }
  }

  /// A function of the harness that the subject is handed, and runs when it likes.
  public func callback(_ body: @escaping () -> Void) -> () -> Void {
    let number = Stage.current.register(body)
    return { Stage.current.runCallback(number, body) }
  }
}

extension Scenario {
  /// What is under test; the locations that are made in `make` are its own.
  ///
  /// - Parameters:
  ///   - kind: what to make it of; nil where all that is known of it is an unfolding.
  ///   - make: makes it, and may give names.
  public mutating func subject<Kind, Component>(
    _ kind: Kind?, _ make: (Kind, inout Scenario) -> Component
  ) -> Subject<Component> {
    let stage = Stage.current
    stage.beginSubject()
    defer { stage.endSubject() }
    guard let kind else { return Subject(nil) }
    let component = make(kind, &self)
    names(from: component)
    return Subject(component)
  }

  /// Lets the subject use locations of the harness, which it is handed in calls.
  public mutating func lend(_ locations: [Atomic]) { Stage.current.lend(locations.map(\.location)) }
}
