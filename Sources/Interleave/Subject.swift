/// What is under test in a scenario, as the rest of the scenario sees it: calls go in, numbers come out.
///
/// ```swift
/// let lock = scenario.subject(kind) { kind, _ in kind.init() }
/// scenario.cpu {
///   let isMine = lock.call("tryLock()") { $0.tryLock() }
///   …
/// }
/// ```
///
/// The rest of the scenario, the *harness*, is known to whoever judges; the subject is not. So an ``Unfolding`` marks
/// where the subject is called and what comes out of it, and `Unfolding.deviation(from:)` runs the harness once more,
/// without any subject, on the answers that the unfolding claims it got. What a subject can lie about is then only
/// itself. In tables a call that nobody came in between of is one row.
public struct Subject<Component>: CustomReflectable {
  /// Nil where all that is known of it is an unfolding.
  private let component: Component?
  private let announce: (String) -> Void

  init(_ component: Component?, _ announce: @escaping (String) -> Void) {
    self.component = component
    self.announce = announce
  }

  /// Nothing: the names of what is in it are given where it is made.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Calls something that returns a number.
  public func call(_ name: String, _ body: (Component) -> Int) -> Int { call(name, .number, body) }

  /// Calls something that returns a truth.
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

  /// A function of the harness that the subject is handed, and runs when it likes.
  public func callback(_ body: @escaping () -> Void) -> () -> Void {
    let number = Stage.current.register(body)
    return { Stage.current.runCallback(number, body) }
  }
}

extension Scenario {
  /// What is under test, one in a scenario; the locations that are made in `make` are its own.
  ///
  /// - Parameters:
  ///   - kind: what to make it of; nil where all that is known of it is an unfolding.
  ///   - file: where the harness stands: what its module does is shown without lines, for they are not the subject's.
  ///   - announce: is told of each call before it is made.
  ///   - make: makes it, and may give names.
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

  /// Lets the subject use locations of the harness, which it is handed in calls.
  public mutating func lend(_ locations: [Atomic]) { Stage.current.lend(locations.map(\.location)) }
}
