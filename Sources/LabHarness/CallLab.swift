/// A lab whose component is called, one call after the other: a data structure, or an object that does nothing on its
/// own.
///
/// A case is a list of calls. What is observed is a list of replies, each with as much of the component's state as its
/// contract shows.
public protocol CallLab: Lab
where Input == Calls<Session.Setup, Session.Call>, Output == Replies<Session.Summary, Session.Reply> {
  /// A component at work, and whatever the calls of one case need around it.
  associatedtype Session: CallSession where Session.Component == Component
}

/// A component at work, through the calls of one case.
public protocol CallSession {
  /// What the component is to the lab.
  associatedtype Component
  /// The situation before the first call, such as the size of memory.
  associatedtype Setup: Codable & Sendable & Equatable
  /// One call, in the words of the lab: it may also be something that leads to several calls, or to none.
  associatedtype Call: Codable & Sendable & Equatable
  /// One answer of the component.
  associatedtype Reply: Codable & Sendable & Equatable
  /// What is observed in addition to the replies.
  associatedtype Summary: Codable & Sendable & Equatable

  /// Makes the component and what it needs, before the first call.
  ///
  /// - Parameter log: is told of each call into the component before it is made.
  init(_ component: Component, _ input: Calls<Setup, Call>, _ log: any CallLog)

  /// Makes the call at `place` of the case; returns the replies, in order.
  mutating func take(_ call: Call, at place: Int) -> [Reply]

  /// What is observed in addition to the replies; asked for after the last call.
  var summary: Summary { get }
}

extension CallLab {
  /// Makes the calls, one after the other.
  public static func run(_ component: Component, on input: Input, calls: any CallLog) -> Output {
    var session = Session(component, input, calls)
    var replies: [Session.Reply] = []
    replies.reserveCapacity(input.calls.count)
    for (place, call) in input.calls.enumerated() { replies += session.take(call, at: place) }
    return Replies(session.summary, replies)
  }
}

extension CallSession where Summary == Nothing {
  /// Most components show nothing but their replies.
  public var summary: Nothing { Nothing() }
}

/// The case of a ``CallLab``.
public struct Calls<Setup: Codable & Sendable & Equatable, Call: Codable & Sendable & Equatable>: Codable, Sendable,
  Equatable
{
  /// The situation before the first call.
  public var setup: Setup
  /// The calls, in order.
  public var calls: [Call]

  /// A case.
  public init(_ setup: Setup, _ calls: [Call]) {
    self.setup = setup
    self.calls = calls
  }
}

extension Calls where Setup == Nothing {
  /// A case that needs nothing before its first call.
  public init(_ calls: [Call]) { self.init(Nothing(), calls) }
}

/// What was observed of the component of a ``CallLab``.
public struct Replies<Summary: Codable & Sendable & Equatable, Reply: Codable & Sendable & Equatable>: Codable,
  Sendable, Equatable
{
  /// What was observed in addition to the replies.
  public var summary: Summary
  /// The replies, in order.
  public var replies: [Reply]

  /// What was observed.
  public init(_ summary: Summary, _ replies: [Reply]) {
    self.summary = summary
    self.replies = replies
  }
}

extension Replies where Summary == Nothing {
  /// Only the replies were observed.
  public init(_ replies: [Reply]) { self.init(Nothing(), replies) }
}

/// Stands for a part that a lab does not have.
public struct Nothing: Codable, Sendable, Equatable {
  /// Nothing.
  public init() {}
}
