import Grader

/// The texts of a new lab, until its author replaces them with better ones.
///
/// They are as short as texts of a lab of that shape can be and still be built, graded and judged. Where the laws ask
/// for more (mutants, cases, a section), the texts have nothing, so that the laws say what is missing.
struct LabTemplate {
  /// The names of the lab's parts.
  let names: LabNames
  private let shape: LabShape
  private let parts: any LabTemplateParts

  /// The texts for these names.
  init(_ names: LabNames, _ shape: LabShape) {
    self.names = names
    self.shape = shape
    parts =
      switch shape {
      case .call: CallTemplate(names: names)
      case .kernel: KernelTemplate(names: names)
      case .interleaving: InterleavingTemplate(names: names)
      }
  }

  /// The protocol and its baseline; nil where the contract is one of the kernel's own.
  var contract: String? { parts.contract }
  /// The harness.
  var lab: String { parts.lab }
  /// The solution, with the markers from which the stub is made.
  var solution: String { parts.solution }
  /// The first mutant.
  var mutant: String {
    "// Misconception: \(parts.misconception)\n// Breaks: \(parts.rule) in again\n"
      + "// Killed by: \(parts.firstCheck), \(parts.secondCheck)\n" + parts.mutant
  }
  /// The name of its file.
  var mutantName: String { parts.mutantName }

  /// `lab.yml`.
  var manifest: String {
    """
    title: \(names.type)
    area: \(names.area)
    section: \(names.section)
    component: \(names.component)
    lab: \(names.type)Lab
    shape: \(shape.rawValue)
    baseline: \(parts.baseline)\(parts.slot.map { "\nslot: \($0)" } ?? "")
    prerequisites: []
    difficulty: 1
    hours: 1
    rules:
      - id: \(parts.rule)
        says: \(parts.says)
        checks: [\(parts.firstCheck), \(parts.secondCheck)]
    points:
      \(parts.firstCheck): 50
      \(parts.secondCheck): 50
    hints:
      - A gentle hint.
      - A closer one.
      - One that tells.
    limits: {cpu-seconds: 10, memory-mib: 512, output-kib: 256}

    """
  }

  /// The task sheet.
  var sheet: String {
    """
    # \(names.type)

    One sentence: what to write.

    ## What it is in Linux

    Where it is, and how to look at it.

    ## What to write

    `\(names.component).swift` in this folder: a type `\(names.component)` that conforms to `\(parts.contractName)`.

    ## What is judged

    <!-- rules -->
    <!-- /rules -->

    What is not judged.

    ## How to try it

        labs-cli start \(names.slug)
        labs-cli test \(names.slug)
        labs-cli hint \(names.slug)
        labs-cli read \(names.section)

    ## A stretch goal

    What Linux does beyond that.

    """
  }

  /// The visible checks.
  var checks: String {
    """
    \(parts.checkImports)

    /// The visible checks of the \(names.slug) lab, and what its hidden ones are built from.
    public enum \(names.type)Checks {
      /// Run by `labs-cli test \(names.slug)`.
      public static let suite = suite(
        .visible,
        [
    \(parts.visibleCheck.indented(by: 6))
        ])

    \(parts.checks.indented(by: 2))
    }
    \(parts.simpler)
    """
  }

  /// The hidden suite.
  var suite: String {
    """
    \((parts.checkImports + "\nimport \(names.module)Checks").sortedLines)

    /// The hidden checks of the \(names.slug) lab.
    package enum \(names.type)Suite {
      /// From the plain to the subtle.
      package static let suite = \(names.type)Checks.suite(
        .hidden,
        [
    \(parts.hiddenCheck.indented(by: 6))
        ])
    }

    """
  }

  /// The test of the harness.
  var test: String {
    """
    \(parts.testImports)

    @Suite struct \(names.type)LabTests {
    \(parts.test.indented(by: 2))
    }

    """
  }

  /// The table of its rules.
  var table: String {
    """
    extension RuleTable {
      /// The \(names.slug) lab.
      static let \(LabManifest.property(names.slug)) = RuleTable(
        "\(names.slug)", contexts: ["again"], empty: [:])
    }

    """
  }
}

/// The parts of a new lab's texts that depend on its shape.
protocol LabTemplateParts {
  /// The names of the lab's parts.
  var names: LabNames { get }
  /// The protocol and its baseline; nil where the contract is one of the kernel's own.
  var contract: String? { get }
  /// The name of the protocol.
  var contractName: String { get }
  /// The name of the baseline.
  var baseline: String { get }
  /// The kernel's slot for the component, if any.
  var slot: String? { get }
  /// The harness.
  var lab: String { get }
  /// The id of its only rule.
  var rule: String { get }
  /// The rule.
  var says: String { get }
  /// The id of the visible check.
  var firstCheck: String { get }
  /// The id of the hidden check.
  var secondCheck: String { get }
  /// What checks import.
  var checkImports: String { get }
  /// How suites and checks are made, as members of the checks' enumeration.
  var checks: String { get }
  /// What makes a failing case simpler, in addition to what the shape does: an extension of the lab with a blank line
  /// before it, or nothing.
  var simpler: String { get }
  /// The visible check.
  var visibleCheck: String { get }
  /// The hidden check.
  var hiddenCheck: String { get }
  /// The solution, with the markers from which the stub is made.
  var solution: String { get }
  /// What the author of the mutant believed.
  var misconception: String { get }
  /// The name of the mutant's file.
  var mutantName: String { get }
  /// The mutant, without its header.
  var mutant: String { get }
  /// What the test of the harness imports.
  var testImports: String { get }
  /// The test of the harness.
  var test: String { get }
}

extension LabTemplateParts {
  /// Nothing: what the shape does is enough.
  var simpler: String { "" }
}

extension String {
  /// Returns the text with blanks before each line that is not empty.
  fileprivate func indented(by blanks: Int) -> String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.isEmpty ? "" : String(repeating: " ", count: blanks) + $0 }.joined(separator: "\n")
  }

  fileprivate var sortedLines: String { split(separator: "\n").sorted().joined(separator: "\n") }
}
