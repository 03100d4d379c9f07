import Foundation
import Grader

/// What the grader has said before, by the content of all that decides it.
///
/// Who edits a chapter waits for no lab, and who edits the suite of one lab waits for those of its area alone. What
/// decides is read where the build has left it, as objects, so that nothing counts that has not been built.
struct KeptGradings {
  private let store: JobStore
  private let build: String
  /// The hash of what decides about every lab.
  private let common: String

  /// The modules that ask, judge and grade; what is linked with a submission is in the kit.
  private static let modules = ["CFiber", "Grader", "Interleave", "Judging", "LabHarness", "LabKernel"]

  /// The gradings that lie in the folder of the build.
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

  /// The hash of what decides about one lab besides.
  func hash(of manifest: LabManifest, area: String) throws -> String {
    var hash = ContentHash()
    hash.add(common)
    for module in ["Checks", "Suites"] { try Self.add(LabArea.module(area) + module, of: build, to: &hash) }
    hash.add(try Repository.text("labs/\(area)/\(manifest.slug)/lab.yml"))
    return hash.hexadecimal()
  }

  /// The key of a task.
  func key(_ task: SolutionGrader.Task, seed: UInt64, _ lab: String) -> String {
    var hash = ContentHash()
    hash.add(lab)
    hash.add(task.source)
    hash.add("\(task.isAlone) \(seed)")
    for check in task.lab.checks { hash.add(check.id) }
    return hash.hexadecimal()
  }

  /// What is kept under a key, or nil.
  func document(_ key: String) throws -> JobDocument? { try store.document(key) }

  /// Keeps a document, unless the fault in it is our own.
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
