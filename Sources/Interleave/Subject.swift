/// The code under test in a scenario, as the rest of the scenario sees it: calls go in, numbers come out.
///
/// ```swift
/// let lock = scenario.subject(kind) { kind, _ in kind.init() }
/// scenario.cpu {
///   let isMine = lock.call("tryLock()") { $0.tryLock() }
///   …
/// }
/// ```
///
/// The judge knows the rest of the scenario, the *harness*, but not the subject. So an ``Unfolding`` marks where
/// the subject is called and what it returns, and `Unfolding.deviation(from:)` runs the harness once more,
/// without any subject, on the answers that the unfolding claims it got. A subject can then lie only about
/// itself. In tables an uninterrupted call is one row.
public struct Subject<Component>: CustomReflectable {
  /// Nil if only its unfolding is known.
  private let component: Component?
  private let announce: (String) -> Void

  init(_ component: Component?, _ announce: @escaping (String) -> Void) {
    self.component = component
    self.announce = announce
  }

  /// An empty mirror: what is in it is named where it is made.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Calls something that returns a number.
  public func call(_ name: String, _ body: (Component) -> Int) -> Int { call(name, .number, body) }

  /// Calls something that returns a Boolean.
  public func call(_ name: String, _ body: (Component) -> Bool) -> Bool { call(name, .truth) { body($0) ? 1 : 0 } != 0 }

  /// Calls something that returns nothing.
  public func call(_ name: String, _ body: (Component) -> Void) {
    _ = call(name, .nothing) {
      body($0)
      return 0
    }
  }

  private func call(_ name: String, _ answer: Answer, _ body: (Component) -> Int) -> Int {
    let stage = Stage.current
    announce(name)
    stage.beginCall(name)
    guard let component else { return stage.askSubject() }
    return stage.inSubject(answer) { body(component) }
  }

  /// Returns a function of the harness that is given to the subject, which may run it at any time.
  public func callback(_ body: @escaping () -> Void) -> () -> Void {
    let number = Stage.current.register(body)
    return { Stage.current.runCallback(number, body) }
  }
}

extension Scenario {
  /// Makes the subject, of which a scenario has only one; the locations made in `make` are its own.
  ///
  /// - Parameters:
  ///   - kind: what to make it of; nil if only its unfolding is known.
  ///   - file: the place of the harness: operations of its module are shown without lines, which are not the subject's.
  ///   - announce: called with each call before it is made.
  ///   - make: makes the subject, and may give names.
  public mutating func subject<Kind, Component>(
    _ kind: Kind?, file: StaticString = #fileID, announce: @escaping (String) -> Void = { _ in },
    _ make: (Kind, inout Scenario) -> Component
  ) -> Subject<Component> {
    let stage = Stage.current
    stage.beginSubject(harness: file)
    defer { stage.endSubject() }
    guard let kind else { return Subject(nil, announce) }
    let component = make(kind, &self)
    names(from: component)
    return Subject(component, announce)
  }

  /// Lets the subject use locations of the harness, which it receives in calls.
  public mutating func lend(_ locations: [Atomic]) { Stage.current.lend(locations.map(\.location)) }
}
