/// The policies for ordinary tasks that this module has, by the names that scenarios give them.
///
/// - Source: Arpaci-Dusseau and Arpaci-Dusseau, Operating systems: three easy pieces, chapters 7 and 8.
public enum TextbookScheduler: String, Sendable, Codable, CaseIterable {
  /// Each task in turn.
  case roundRobin = "round-robin"
  /// In the order of arrival.
  case firstComeFirstServed = "first-come-first-served"
  /// The shortest first.
  case shortestJobFirst = "shortest-job-first"
  /// Several queues.
  case multilevelFeedback = "multilevel-feedback"

  /// The class that implements it.
  public var schedulingClass: any SchedulingClass.Type {
    switch self {
    case .roundRobin: RoundRobin.self
    case .firstComeFirstServed: FirstComeFirstServed.self
    case .shortestJobFirst: ShortestJobFirst.self
    case .multilevelFeedback: MultilevelFeedback.self
    }
  }
}
