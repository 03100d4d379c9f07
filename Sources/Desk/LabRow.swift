import Reader

/// A lab, and the student's progress with it: what `labs-cli list` and `labs-cli progress` need to know.
package struct LabRow: Equatable, Sendable {
  /// What `lab.yml` says about a lab in one line each.
  package struct Card: Equatable, Sendable {
    /// The name of its folder.
    package let slug: String
    /// What the lab is called.
    package let title: String
    /// The part of the kernel that it is about.
    package let area: String
    /// The section of the book that it belongs to: `5#buddy-allocator`.
    package let section: String
    /// The type to write, and the name of its file.
    package let component: String
    /// From 1 to 5.
    package let difficulty: Int

    /// A card.
    package init(slug: String, title: String, area: String, section: String, component: String, difficulty: Int) {
      self.slug = slug
      self.title = title
      self.area = area
      self.section = section
      self.component = component
      self.difficulty = difficulty
    }
  }

  /// What was remembered when the lab was tested.
  package struct Standing: Equatable, Sendable {
    /// How often it was tested.
    package let tests: Int
    /// How many visible checks passed when it was last tested.
    package let passed: Int
    /// How many visible checks there were.
    package let checks: Int

    /// What was remembered.
    package init(tests: Int, passed: Int, checks: Int) {
      self.tests = tests
      self.passed = passed
      self.checks = checks
    }

    /// Whether all visible checks pass; what the hidden ones say, only the grader knows.
    var passesVisible: Bool { checks > 0 && passed == checks }
  }

  /// The lab.
  package let card: Card
  private let standing: Standing
  private let isStarted: Bool

  /// A row.
  ///
  /// - Parameters:
  ///   - standing: nil if the lab was never tested.
  ///   - isStarted: whether there is a file of the student's.
  package init(_ card: Card, _ standing: Standing?, isStarted: Bool) {
    self.card = card
    self.standing = standing ?? Standing(tests: 0, passed: 0, checks: 0)
    self.isStarted = isStarted
  }

  /// The order of learning: along the book, and by slug within a section.
  package static func inOrder(_ rows: [LabRow], of book: SectionOrder) -> [LabRow] {
    rows.sorted { book.isBefore($0.card.section, $1.card.section) ?? ($0.card.slug < $1.card.slug) }
  }

  private var state: String {
    if standing.passesVisible { return "visible pass" }
    if standing.tests > 0 { return "\(standing.passed)/\(standing.checks) visible" }
    return isStarted ? "started" : "-"
  }
}

extension LabRow {
  /// What `labs-cli list` prints.
  package static func list(_ rows: [LabRow]) -> [String] {
    let width = max(8, rows.map(\.card.slug.count).max() ?? 0)
    let lines = rows.map { row in
      let card = row.card
      let level = String(repeating: "*", count: card.difficulty).padding(to: 5)
      return "\(card.slug.padding(to: width))  \(card.area.padding(to: 15)) \(level)  \(row.state.padding(to: 14)) "
        + card.title
    }
    return lines + [
      "", "labs-cli read labs/<lab> shows a lab's task, labs-cli start <lab> begins it;",
      "to begin reading, run labs-cli read 0.",
    ]
  }

  /// What `labs-cli progress` prints.
  package static func progress(_ rows: [LabRow]) -> [String] {
    let passing = rows.count { $0.standing.passesVisible }
    let width = 32
    let filled = rows.isEmpty ? 0 : passing * width / rows.count
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    var lines = ["Progress: [\(bar)] \(passing)/\(rows.count) labs pass their visible checks"]
    for row in rows where row.standing.tests > 0 {
      let standing = row.standing
      lines.append("  \(row.card.slug.padding(to: 16)) \(standing.passed) of \(standing.checks) visible checks pass")
    }
    if let next = rows.first(where: { !$0.standing.passesVisible }) {
      lines.append("Next: \(next.card.slug), \(next.card.title): labs-cli start \(next.card.slug)")
    } else {
      lines.append("All labs pass their visible checks. The grader also has hidden checks: read each")
      lines.append("task once more, labs-cli read labs/<lab>.")
    }
    return lines
  }
}
