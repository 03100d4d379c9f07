import LabKernel

/// The lists of all labs in code, made from the manifests, so that a lab is entered in only one place.
///
/// The names of a lab's parts follow from its manifest: a lab whose harness is `PipeLab` has its visible checks in
/// `PipeChecks`, its hidden ones in `PipeSuite`.
package struct LabLists {
  private let labs: [LabManifest]

  /// The lists of these labs, in their order.
  private init(_ labs: [LabManifest]) { self.labs = labs }

  /// All lists, by their paths from the root of the book.
  package static func files(_ labs: [LabManifest]) -> [(path: String, text: String)] {
    let lists = LabLists(labs)
    return [
      ("labs/Labs.swift", lists.labsSource), ("solutions/Answers.swift", lists.answersSource),
      ("solutions/reference/Reference.swift", lists.referenceSource),
      ("Tests/LabLawTests/Rules/RuleTables.swift", lists.tablesSource),
    ]
  }

  /// The tables of rules: `Tests/LabLawTests/Rules/RuleTables.swift`.
  private var tablesSource: String {
    let tables = labs.filter { !$0.rules.isEmpty }.map { "    .\($0.property),\n" }
    return """
      \(Self.head)
      extension RuleTable {
        /// The tables of all labs that have rules.
        static let all: [RuleTable] = [
      \(tables.joined())  ]
      }

      """
  }

  /// The visible part: `labs/Labs.swift`.
  private var labsSource: String {
    let entries = labs.map { lab in
      """
        /// \(lab.title).
        public static var \(lab.property): LabEntry<\(lab.lab)> {
          LabEntry(\(lab.lab).self, "\(lab.slug)", baseline: \(lab.baseline).self, visible: \(lab.stem)Checks.suite)
        }

      """
    }
    return """
      \(Self.head)
      \(imports(["Judging", "LabHarness", "LabKernel"], of: "Checks"))

      /// The labs of the book as students have them.
      public enum Labs {
      \(entries.joined(separator: "\n"))
        /// Shows all of them to `visitor`, in the order of learning.
        public static func visit(_ visitor: inout some LabVisitor) throws {
      \(visits)
        }
      }

      """
  }

  /// The labs with their answers: `solutions/Answers.swift`.
  private var answersSource: String {
    let entries = labs.map { lab in
      """
        /// \(lab.title).
        public static var \(lab.property): LabEntry<\(lab.lab)> {
          Labs.\(lab.property).answered(by: Reference.\(lab.property), hidden: \(lab.stem)Suite.suite)
        }

      """
    }
    return """
      \(Self.head)
      \(imports(["Judging", "LabHarness", "Labs", "Reference"], of: "Suites"))

      /// The labs of the book with their solutions and hidden checks.
      public enum Answers {
      \(entries.joined(separator: "\n"))
        /// Shows all of them to `visitor`, in the order of learning.
        public static func visit(_ visitor: inout some LabVisitor) throws {
      \(visits)
        }
      }

      """
  }

  /// The solutions, and the kernel with them in its slots: `solutions/reference/Reference.swift`.
  private var referenceSource: String {
    let entries = labs.map { lab in
      """
        /// \(lab.title).
        public static var \(lab.property): \(lab.lab).Component { \(lab.component).self }
      """
    }
    let slots = labs.compactMap { lab in
      lab.slot.map { "    components.\(Slot.subsystem(of: $0)).\($0) = \(lab.property)" }
    }
    return """
      \(Self.head)
      public import LabHarness
      public import LabKernel

      /// The solutions.
      public enum Reference {
      \(entries.joined(separator: "\n"))

        /// The kernel's components, with a solution in each slot that a lab is about.
        public static var components: Components {
          var components = Components.baseline
      \(slots.joined(separator: "\n"))
          return components
        }
      }

      """
  }

  private static let head = "// Made from the manifests of the labs by `labs-cli dev derive`.\n"

  private var visits: String { labs.map { "    try visitor.visit(\($0.property))" }.joined(separator: "\n") }

  private func imports(_ modules: [String], of part: String) -> String {
    let areas = Set(labs.map { LabArea.module($0.area) + part })
    return areas.union(modules).sorted().map { "import \($0)" }.joined(separator: "\n")
  }
}

/// The names of an area's modules.
package enum LabArea {
  /// The beginning of the modules' names: `Memory`, `IPC`.
  ///
  /// Package.swift uses the same names.
  package static func module(_ area: String) -> String {
    area.count <= 3 ? area.uppercased() : area.prefix(1).uppercased() + area.dropFirst()
  }
}

extension LabManifest {
  /// The beginning of the names of the lab's types: `Pipe` of `PipeLab`.
  var stem: String { lab.hasSuffix("Lab") ? String(lab.dropLast("Lab".count)) : lab }

  /// The lab's name as a property: `ticketLock`.
  package var property: String { Self.property(slug) }

  /// A slug as a property; one that would be a Swift keyword gets `Lab` after it.
  package static func property(_ slug: String) -> String {
    let words = slug.split(separator: "-")
    let name = words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return keywords.contains(name) ? name + "Lab" : name
  }

  private static let keywords: Set<String> = [
    "as", "break", "case", "class", "default", "defer", "do", "else", "extension", "for", "func", "if", "import", "in",
    "init", "internal", "is", "let", "nil", "private", "protocol", "public", "repeat", "return", "self", "static",
    "switch", "throw", "try", "var", "visit", "where", "while",
  ]
}
