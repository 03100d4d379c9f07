public import LabHarness

/// A lab of the book with everything about it that is code; the rest is in its `lab.yml`.
///
/// `labs-cli dev derive` makes the entries from the manifests: the visible parts in `labs/Labs.swift`, the entries
/// with the answers in `solutions/Answers.swift`.
public struct LabEntry<L: Lab & SendableMetatype> {
  /// The name of its folder.
  public let slug: String
  /// The simplest component that works in its place.
  public let baseline: L.Component
  /// The checks that students see.
  public let visible: Suite<L>
  /// The solution and the hidden checks; nil in the students' copy.
  public private(set) var answer: Answer?

  /// What the answer key contains for a lab.
  public struct Answer {
    /// The solution.
    public let reference: L.Component
    /// The hidden checks.
    public let hidden: Suite<L>
  }

  /// Creates the visible part of a lab.
  public init(_ lab: L.Type, _ slug: String, baseline: L.Component, visible: Suite<L>) {
    self.slug = slug
    self.baseline = baseline
    self.visible = visible
  }

  /// Returns the lab with its answer.
  public func answered(by reference: L.Component, hidden: Suite<L>) -> LabEntry {
    var entry = self
    entry.answer = Answer(reference: reference, hidden: hidden)
    return entry
  }

  /// All suites that this copy of the book has, the visible one first.
  public var suites: [Suite<L>] { [visible] + (answer.map { [$0.hidden] } ?? []) }
}

/// Something that is done with every lab of the book, whatever its types.
public protocol LabVisitor {
  /// Visits the next lab, in the order of learning.
  mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) throws
  where L.Input: Sendable, L.Output: Sendable
}
