import Desk
import Foundation
import Grader

/// The files of a new lab, and the lists of all labs with it in them.
///
/// Making them writes nothing.
struct LabScaffold {
  /// A file, by its path from the root of the book.
  struct File: Equatable {
    let path: String
    let text: String
  }

  private let root: BookRoot
  private let names: LabNames
  private let template: LabTemplate

  /// A lab with these names and this shape in the book at `root`.
  init(_ root: BookRoot, _ names: LabNames, _ shape: LabShape) {
    self.root = root
    self.names = names
    template = LabTemplate(names, shape)
  }

  /// The files of the lab.
  ///
  /// - Throws: `Refusal` if one of them, or a folder of the lab, already exists.
  func newFiles() throws -> [File] {
    let stub: String
    do throws(Stub.MarkerError) {
      stub = try Stub.derive(from: template.solution)
    } catch {
      throw Refusal("the solution of a new lab: \(error)", .internal)
    }
    let place = "\(names.area)/\(names.slug)"
    var files = [
      File(path: "Sources/LabHarness/\(names.module)/\(names.type)Lab.swift", text: template.lab),
      File(path: "labs/\(place)/lab.yml", text: template.manifest),
      File(path: "labs/\(place)/README.md", text: try SheetRules.derive(template.sheet, try manifest().rules)),
      File(path: "labs/\(place)/\(names.component).swift", text: stub),
      File(path: "labs/\(place)/checks/\(names.type)Checks.swift", text: template.checks),
      File(path: "solutions/reference/\(place)/\(names.component).swift", text: template.solution),
      File(path: "solutions/suites/\(place)/\(names.type)Suite.swift", text: template.suite),
      File(path: "solutions/mutants/\(place)/\(template.mutantName).swift", text: template.mutant),
      File(path: "Tests/LabHarnessTests/\(names.type)LabTests.swift", text: template.test),
      File(path: "Tests/LabLawTests/Rules/\(names.type)Rules.swift", text: template.table),
    ]
    if let contract = template.contract {
      files.insert(File(path: "Sources/LabKernel/\(names.module)/\(names.contract).swift", text: contract), at: 0)
    }
    try mustBeNew(files)
    return files
  }

  /// The lists of all labs, which are made from the manifests.
  func lists() throws -> [File] {
    let known = try LabShelf(root).manifests
    return LabLists.files(known + [try manifest()]).map { File(path: $0.path, text: $0.text) }
  }

  private func manifest() throws -> LabManifest {
    do {
      return try LabManifest(yaml: template.manifest, path: "labs/\(names.area)/\(names.slug)/lab.yml")
    } catch {
      throw Refusal("the manifest of a new lab: \(error)", .internal)
    }
  }

  /// Refuses a lab that already exists, and files with names that a module already has.
  private func mustBeNew(_ files: [File]) throws {
    if let same = try LabShelf(root).manifests.first(where: { $0.slug == names.slug }) {
      throw Refusal("there is already a lab \(same.slug), in \(same.area): nothing was changed", .usage)
    }
    let folders = ["labs", "solutions/reference", "solutions/suites", "solutions/mutants"]
      .map { "\($0)/\(names.area)/\(names.slug)" }
    let modules = ["Sources/LabKernel", "Sources/LabHarness", "solutions/reference"].flatMap { module in
      (FileManager.default.subpaths(atPath: "\(root.path)/\(module)") ?? []).map { "\(module)/\($0)" }
    }
    let module = Dictionary(grouping: modules) { $0.split(separator: "/").last ?? "" }
    let named = files.filter { !$0.path.hasPrefix("labs/") }.compactMap { file in
      module[file.path.split(separator: "/").last ?? ""]?.first
    }
    let present = folders.filter { FileManager.default.fileExists(atPath: "\(root.path)/\($0)") } + named
    if let first = present.first { throw Refusal("there is already a \(first): nothing was changed", .usage) }
  }
}
