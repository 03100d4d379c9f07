public import LabHarness

/// A lab of the book with all that is known of it in code; the rest stands in its `lab.yml`.
///
/// The entries are made from the manifests by `labs-cli dev derive`: those of the visible part in `labs/Labs.swift`, those
/// with the answers in `solutions/Answers.swift`.
public struct LabEntry<L: Lab & SendableMetatype> {
  /// The name of its folder.
  public let slug: String
  /// The simplest thing that works in the component's place.
  public let baseline: L.Component
  /// The checks that students see.
  public let visible: Suite<L>
  /// The solution and the checks that students do not see; nil in their copy.
  public private(set) var answer: Answer?

  /// What the answer key holds of a lab.
  public struct Answer {
    /// The solution.
    public let reference: L.Component
    /// The hidden checks.
    public let hidden: Suite<L>
  }

  /// The visible part of a lab.
  public init(_ lab: L.Type, _ slug: String, baseline: L.Component, visible: Suite<L>) {
    self.slug = slug
    self.baseline = baseline
    self.visible = visible
  }

  /// The lab with its answer.
  public func answered(by reference: L.Component, hidden: Suite<L>) -> LabEntry {
    var entry = self
    entry.answer = Answer(reference: reference, hidden: hidden)
    return entry
  }

  /// All suites that this copy of the book has, the visible one first.
  public var suites: [Suite<L>] { [visible] + (answer.map { [$0.hidden] } ?? []) }
}

/// What is done with every lab of the book, whatever its types are.
public protocol LabVisitor {
  /// Takes the next lab, in the order of learning.
  mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) throws
  where L.Input: Sendable, L.Output: Sendable
}
