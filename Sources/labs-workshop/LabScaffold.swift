import Desk
import Foundation
import Grader

/// The files of a new lab, and the lists that it joins.
///
/// Nothing is written here.
struct LabScaffold {
  /// A file, by its path from the root of the book.
  struct File: Equatable {
    let path: String
    let text: String
  }

  private let root: BookRoot
  private let names: LabNames

  /// A lab with these names in the book at `root`.
  init(_ root: BookRoot, _ names: LabNames) {
    self.root = root
    self.names = names
  }

  /// The files of the lab.
  ///
  /// - Throws: `Refusal` where one of them, or a folder of the lab, is there already.
  func newFiles() throws -> [File] {
    let template = LabTemplate(names)
    let solution = template.solution
    let stub: String
    do throws(Stub.MarkerError) {
      stub = try Stub.derive(from: solution)
    } catch {
      throw Refusal("the solution of a new lab: \(error)", .internal)
    }
    let slug = names.slug
    let files = [
      File(path: "Sources/LabKernel/Labs/\(names.contract).swift", text: template.contract),
      File(path: "Sources/LabKernel/Labs/\(names.type)Lab.swift", text: template.lab),
      File(path: "labs/\(slug)/lab.yml", text: template.manifest),
      File(path: "labs/\(slug)/README.md", text: template.sheet),
      File(path: "labs/\(slug)/\(names.component).swift", text: stub),
      File(path: "labs/\(slug)/checks/\(names.type)Checks.swift", text: template.checks),
      File(path: "solutions/reference/\(slug)/\(names.component).swift", text: solution),
      File(path: "solutions/suites/\(slug)/\(names.type)Suite.swift", text: template.suite),
      File(path: "solutions/mutants/\(slug)/ForgetsThePast.swift", text: template.mutant),
    ]
    try mustBeNew(files)
    return files
  }

  /// Refuses folders of the lab that are there, and files of a name that a module has already.
  private func mustBeNew(_ files: [File]) throws {
    let folders = ["labs", "solutions/reference", "solutions/suites", "solutions/mutants"].map { "\($0)/\(names.slug)" }
    let modules = ["Sources/LabKernel", "solutions/reference"].flatMap { module in
      (FileManager.default.subpaths(atPath: "\(root.path)/\(module)") ?? []).map { "\(module)/\($0)" }
    }
    let module = Dictionary(grouping: modules) { $0.split(separator: "/").last ?? "" }
    let named = files.filter { !$0.path.hasPrefix("labs/") }.compactMap { file in
      module[file.path.split(separator: "/").last ?? ""]?.first
    }
    let present = folders.filter { FileManager.default.fileExists(atPath: "\(root.path)/\($0)") } + named
    if let first = present.first { throw Refusal("there is a \(first) already: nothing was changed", .usage) }
  }

  /// The files that list all labs, each with lines for this one.
  ///
  /// - Throws: `Refusal` where such a list is not as it should be, or there is no answer key.
  func changedLists() throws -> [File] {
    let template = LabTemplate(names)
    let sources = FileManager.default.subpaths(atPath: root.path + "/Sources") ?? []
    let catalog = sources.first { $0.hasSuffix("/Catalog.swift") } ?? "labs-cli/Catalog.swift"
    let support = "Tests/LabLawTests/Support"
    return [
      try changed("Package.swift") { text in
        try text.adding(", \"\(names.slug)\"", before: "]", inTheLastLineWith: "let labs = [")
      },
      try changed("Sources/" + catalog) { text in
        try text.adding(template.catalogLine, belowTheLastLineWith: "try graded(")
          .adding(template.hiddenLine, belowTheLastLineWith: "? { HiddenSuites.")
          .adding(template.noHiddenLine, belowTheLastLineWith: "? { nil }")
      },
      try changed("solutions/reference/Reference.swift") { text in
        try text.adding(template.referenceLines, belowTheLastLineWith: "public static var ")
      },
      try changed("solutions/suites/HiddenSuites.swift") { text in
        try text.adding(template.suiteLines, belowTheLastLineWith: "public static var ")
      },
      try changed(support + "/LawfulLab.swift") { text in
        try text.adding(template.lawLines, belowTheLastLineWith: "HiddenSuites.")
      },
      try changed(support + "/Gradings.swift") { text in
        try text.adding(template.gradingLine, belowTheLastLineWith: "try lab(")
      },
    ]
  }

  private func changed(_ path: String, _ change: (String) throws -> String) throws -> File {
    let text = try TextFile.read(root.path + "/" + path)
    do {
      return File(path: path, text: try change(text))
    } catch let missing as MissingLine {
      throw Refusal("\(path) has no line with '\(missing.mark)' to put the lab behind", .configuration)
    }
  }
}

/// A list that is not written as it was.
private struct MissingLine: Error {
  let mark: String
}

extension String {
  /// With lines put below the last one in which `mark` occurs.
  fileprivate func adding(_ lines: String, belowTheLastLineWith mark: String) throws -> String {
    guard let found = range(of: mark, options: .backwards), let end = self[found.upperBound...].firstIndex(of: "\n")
    else { throw MissingLine(mark: mark) }
    return self[...end] + lines + self[index(after: end)...]
  }

  /// With `text` put before `place`, in the last line in which `mark` occurs.
  fileprivate func adding(_ text: String, before place: Character, inTheLastLineWith mark: String) throws -> String {
    guard let found = range(of: mark, options: .backwards), let here = self[found.upperBound...].firstIndex(of: place)
    else { throw MissingLine(mark: mark) }
    return self[..<here] + text + self[here...]
  }
}
