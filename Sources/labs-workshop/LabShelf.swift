import Desk
import Foundation
import Grader

/// The labs of the book, as its folders say.
struct LabShelf {
  /// Their manifests, in the order of learning: what a lab needs comes before it, then by slug.
  let manifests: [LabManifest]

  /// Reads all manifests.
  init(_ root: BookRoot) throws {
    let slugs = ((try? FileManager.default.contentsOfDirectory(atPath: root.labs)) ?? []).sorted()
    do {
      manifests = try slugs.filter { FileManager.default.fileExists(atPath: "\(root.labs)/\($0)/lab.yml") }
        .map { try LabManifest(folder: "\(root.labs)/\($0)") }
        .sorted { ($0.section, $0.slug) < ($1.section, $1.slug) }
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    }
  }

  /// The lab with this slug; where there is none, the refusal names those that are spelt alike.
  func lab(_ slug: String) throws -> LabManifest {
    if let manifest = manifests.first(where: { $0.slug == slug }) { return manifest }
    let near = Spelling.nearest(to: slug, among: manifests.map(\.slug))
    let hint = near.map { "did you mean \($0)?" } ?? "labs-cli list names them all"
    throw Refusal("there is no lab \(slug): \(hint)", .missingInput)
  }
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
    }.sorted(by: LabRow.isBefore)
  }
}

/// What somebody may have meant.
enum Spelling {
  /// The candidate that differs from `word` in the fewest letters, if that is less than half of them.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let measured = candidates.map { ($0, distance(Array(word.lowercased()), Array($0))) }
    guard let best = measured.min(by: { $0.1 < $1.1 }), best.1 * 2 <= max(word.count, 2) else { return nil }
    return best.0
  }

  /// The number of letters to insert, delete or replace.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
