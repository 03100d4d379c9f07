import Foundation
import Grader

/// What the grader has said before, by the content of everything that decides it.
///
/// An edit of a chapter regrades no lab, and an edit of one lab's suite regrades only the labs of its area. What
/// decides is read where the build has left it, as objects, so that nothing counts that has not been built.
struct KeptGradings {
  private let store: JobStore
  private let build: String
  /// The hash of what decides about every lab.
  private let common: String

  /// The modules that ask, judge and grade; what is linked with a submission is in the kit.
  private static let modules = ["CFiber", "Grader", "Interleave", "Judging", "LabHarness", "LabKernel"]

  /// Opens the gradings in the folder of the build.
  init() throws {
    let kit = try Kit.besideExecutable()
    build = kit.folder
    store = try JobStore(folder: build + "/laws")
    var hash = ContentHash()
    hash.add(try Toolchain.find().identity)
    for part in Kit.parts { try hash.add(file: "\(build)/\(part)") }
    for module in Self.modules { try Self.add(module, of: build, to: &hash) }
    common = hash.hexadecimal()
  }

  /// Returns the hash of what also decides about one lab.
  func hash(of manifest: LabManifest, area: String) throws -> String {
    var hash = ContentHash()
    hash.add(common)
    for module in ["Checks", "Suites"] { try Self.add(LabArea.module(area) + module, of: build, to: &hash) }
    hash.add(try Repository.text("labs/\(area)/\(manifest.slug)/lab.yml"))
    return hash.hexadecimal()
  }

  /// Returns the key of a task.
  func key(_ task: SolutionGrader.Task, seed: UInt64, _ lab: String) -> String {
    var hash = ContentHash()
    hash.add(lab)
    hash.add(task.source)
    hash.add("\(task.isAlone) \(seed)")
    for check in task.lab.checks { hash.add(check.id) }
    return hash.hexadecimal()
  }

  /// Returns what is kept under a key, or nil.
  func document(_ key: String) throws -> JobDocument? { try store.document(key) }

  /// Keeps a document, unless it reports a fault of our own.
  func keep(_ document: JobDocument, _ key: String) throws {
    guard document.status != .internal else { return }
    var kept = document
    kept.key = key
    try store.save(kept)
  }

  private static func add(_ module: String, of build: String, to hash: inout ContentHash) throws {
    let folder = "\(build)/\(module).build"
    for object in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where object.hasSuffix(".o") {
      hash.add(object)
      try hash.add(file: "\(folder)/\(object)")
    }
  }
}
