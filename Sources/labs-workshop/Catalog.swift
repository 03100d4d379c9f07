import Desk
import Foundation
import Grader
import Judging
import LabHarness
import Labs
import Reader

#if SOLUTIONS
  import Answers
#endif

/// The labs that this program can grade.
enum Catalog {
  /// The labs of the book with all checks that this program has; in a handout, only the visible ones.
  ///
  /// - Parameter folder: the folder with the areas, each a folder of labs.
  /// - Throws: `ManifestError` if a `lab.yml` is wrong or does not fit its suites.
  static func labs(in folder: String) throws -> [GradedLab] {
    var collector = Collector(folders: try LabFolder.all(in: folder))
    #if SOLUTIONS
      try Answers.visit(&collector)
    #else
      try Labs.visit(&collector)
    #endif
    return collector.labs
  }

  /// Finds a lab of the book by its slug.
  ///
  /// - Throws: `Refusal` if this program does not know the lab, or a `lab.yml` is wrong.
  static func lab(_ slug: String, in folder: String) throws -> GradedLab {
    do {
      if let known = try labs(in: folder).first(where: { $0.manifest.slug == slug }) { return known }
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    }
    throw Refusal("the lab \(slug) has a folder, but this program does not know it: run make", .configuration)
  }

  /// Joins each lab with the manifest in its folder.
  private struct Collector: LabVisitor {
    let folders: [LabFolder]
    var labs: [GradedLab] = []

    mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) throws
    where L.Input: Sendable, L.Output: Sendable {
      guard let folder = folders.first(where: { $0.slug == entry.slug }) else {
        throw Refusal("the lab \(entry.slug) has no folder in the book: run make", .configuration)
      }
      labs.append(try GradedLab(entry, manifest: try LabManifest(folder: folder.path)))
    }
  }
}
