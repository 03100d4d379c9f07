import Foundation
import LineEnds
import Yams

/// What `labs/<area>/<slug>/lab.yml` says about a lab.
package struct LabManifest: Sendable, Equatable {
  /// The name of its folder.
  package var slug: String
  /// The file, for messages.
  package var path: String
  /// What the lab is called.
  package var title: String
  /// The part of the kernel that it is about.
  package var area: String
  /// The chapter section that it belongs to: `5#buddy-allocator`.
  package var section: String
  /// The type to write, and the name of its file.
  package var component: String
  /// The type in `LabHarness` that drives it.
  package var lab: String
  /// What a case of it is, which decides the protocol that `lab` conforms to.
  package var shape: LabShape
  /// The simplest type of `LabKernel` that works in the component's place.
  package var baseline: String
  /// The property of the kernel's `Components` that the component can fill; nil if it has no slot there.
  package var slot: String?
  /// The slugs of the labs to do first.
  package var prerequisites: [String]
  /// From 1 to 5.
  package var difficulty: Int
  /// How long it takes.
  package var hours: Double
  /// The rules for a submission, in the order of the sheet.
  package var rules: [LabRule]
  /// What each check is worth.
  package var points: [String: Int]
  /// The hints, from gentle to telling.
  package var hints: [String]
  /// Hints that belong to one check.
  package var checkHints: [String: String]
  /// What a submission may use.
  package var limits: Limits

  /// A manifest.
  package init(
    slug: String, path: String = "lab.yml", title: String, area: String, section: String, component: String,
    lab: String, shape: LabShape = .call, baseline: String = "", slot: String? = nil,
    prerequisites: [String] = [], difficulty: Int = 1, hours: Double = 1, rules: [LabRule] = [],
    points: [String: Int], hints: [String] = [],
    checkHints: [String: String] = [:], limits: Limits = .usual
  ) {
    self.slug = slug
    self.path = path
    self.title = title
    self.area = area
    self.section = section
    self.component = component
    self.lab = lab
    self.shape = shape
    self.baseline = baseline
    self.slot = slot
    self.prerequisites = prerequisites
    self.difficulty = difficulty
    self.hours = hours
    self.rules = rules
    self.points = points
    self.hints = hints
    self.checkHints = checkHints
    self.limits = limits
  }

  /// The manifest's folder, without a trailing slash.
  package var folder: String { path.hasSuffix("/lab.yml") ? String(path.dropLast("/lab.yml".count)) : "." }

  /// The rules that a check tests, in the order of the sheet.
  package func rules(askedBy check: String) -> [LabRule] { rules.filter { $0.checks.contains(check) } }

  /// Refuses checks without points, points without a check, rules of unknown checks, and checks that test no rule.
  func mustAgree(with checks: [String], isComplete: Bool) throws(ManifestError) {
    if let twice = Dictionary(grouping: checks, by: \.self).filter({ $1.count > 1 }).keys.min() {
      throw ManifestError("\(path): there are two checks named \(twice)")
    }
    if let poor = checks.filter({ points[$0] == nil }).min() {
      throw ManifestError("\(path): points: the check \(poor) has none")
    }
    if isComplete, let unknown = Set(points.keys).subtracting(checks).min() {
      throw ManifestError("\(path): points: there is no check \(unknown)")
    }
    if let twice = Dictionary(grouping: rules, by: \.id).filter({ $1.count > 1 }).keys.min() {
      throw ManifestError("\(path): rules: there are two named \(twice)")
    }
    for rule in rules {
      if isComplete, let unknown = rule.checks.first(where: { !checks.contains($0) }) {
        throw ManifestError("\(path): rules: \(rule.id): there is no check \(unknown)")
      }
    }
    if !rules.isEmpty, let idle = checks.first(where: { rules(askedBy: $0).isEmpty }) {
      throw ManifestError("\(path): rules: the check \(idle) asks none of them")
    }
  }
}

/// A mistake in a manifest: the file, the line, and what is wrong.
package struct ManifestError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String
  init(_ description: String) { self.description = description }
}

extension LabManifest {
  /// Reads `labs/<area>/<slug>/lab.yml`.
  ///
  /// - Throws: `ManifestError` with file and line if a key is missing, unknown or of the wrong shape.
  package init(folder: String) throws(ManifestError) {
    let path = folder + "/lab.yml"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ManifestError("\(path): there is no such file")
    }
    try self.init(yaml: String(decoding: data, as: UTF8.self), path: path)
  }

  /// Reads the text of a manifest whose folder is named like the lab.
  package init(yaml: String, path: String) throws(ManifestError) {
    let reader = try ManifestReader(LineEnds.unified(yaml), path: path)
    try reader.mustOnlyHave([
      "title", "area", "section", "component", "lab", "shape", "baseline", "slot", "prerequisites", "difficulty",
      "hours",
      "rules", "points", "hints", "check-hints", "limits",
    ])
    self.init(
      slug: URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent, path: path,
      title: try reader.text("title"), area: try reader.text("area"), section: try reader.text("section"),
      component: try reader.identifier("component"), lab: try reader.identifier("lab"),
      shape: try reader.choice("shape"), baseline: try reader.identifier("baseline"),
      slot: try reader.slot("slot"),
      prerequisites: try reader.texts("prerequisites"), difficulty: try reader.number("difficulty", in: 1...5),
      hours: try reader.decimal("hours"), rules: try reader.rules("rules"),
      points: try reader.numbers("points", in: 0...1000),
      hints: try reader.texts("hints"), checkHints: try reader.pairs("check-hints"), limits: try reader.limits("limits")
    )
  }
}
