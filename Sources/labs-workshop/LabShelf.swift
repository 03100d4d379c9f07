import Desk
import Foundation
import Grader
import Reader

/// The labs of the book, as found in its folders.
struct LabShelf {
  /// Their manifests, in the order of learning: along the book, and by slug within a section.
  let manifests: [LabManifest]

  /// Reads all manifests.
  init(_ root: BookRoot) throws {
    do {
      let book = SectionOrder(chapters: root.chapters)
      manifests = try LabFolder.all(in: root.labs).map { try LabManifest(folder: $0.path) }
        .sorted { book.isBefore($0.section, $1.section) ?? ($0.slug < $1.slug) }
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    } catch let error as ReadingError {
      throw Refusal(error.message, .configuration)
    }
  }

  /// The lab with this slug; if there is none, the refusal names labs with a similar spelling.
  func lab(_ slug: String) throws -> LabManifest {
    if let manifest = manifests.first(where: { $0.slug == slug }) { return manifest }
    let hint = Suggestions.question(slug, among: manifests.map(\.slug)) ?? "labs-cli list shows all labs"
    throw Refusal("there is no lab \(slug): \(hint)", .missingInput)
  }
}

extension LabManifest {
  /// The task sheet.
  var sheet: String { folder + "/README.md" }
  /// The file to write, as it is handed out.
  var stub: String { "\(folder)/\(component).swift" }
  /// The command that shows the task sheet.
  var readCommand: String { "labs-cli read labs/\(slug)" }
}

extension LabShelf {
  /// The labs as `list` and `progress` show them.
  func rows(of root: BookRoot, _ progress: ProgressFile) -> [LabRow] {
    manifests.map { lab in
      let card = LabRow.Card(
        slug: lab.slug, title: lab.title, area: lab.area, section: lab.section, component: lab.component,
        difficulty: lab.difficulty)
      let standing = progress.labs[lab.slug].map {
        LabRow.Standing(tests: $0.tests, passed: $0.passed.count, checks: $0.checks)
      }
      return LabRow(card, standing, isStarted: StudentWork(root, lab).exists)
    }
  }
}
