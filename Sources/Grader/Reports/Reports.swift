import Foundation

/// All files that a run leaves for people and tools: each is whole, whatever happens in the meantime.
package struct Reports {
  private let folder: String

  /// The reports in `folder`.
  package init(folder: String) { self.folder = folder }

  /// Writes the reports.
  ///
  /// - Returns: where a damaged gradebook was moved to, if there was one.
  @discardableResult
  package func write(_ rows: [ResultRow], labs: [GradedLab], tier: Sandbox.Tier) throws -> String? {
    try KeptRows(rows, tier: tier).write(to: folder)
    try AtomicFile.write(try ResultsFile.json(rows), to: folder + "/results.json")
    try AtomicFile.write(CommaSeparated.table(rows, tier: tier), to: folder + "/results.csv")
    let page = ReportPage(rows, labs: labs, tier: tier).html
    try AtomicFile.write(Data(page.utf8), to: folder + "/report.html")
    return try Gradebook.write(rows, tier: tier, to: folder + "/gradebook.sqlite")
  }

  private var pages: String { folder + "/students" }

  /// Writes a page and a document for each student, in `students/`, and removes those of students who are gone.
  package func writeForStudents(
    _ rows: [ResultRow], labs: [GradedLab], tier: Sandbox.Tier, _ discretion: ResultRow.Discretion
  ) throws {
    try FolderTree.make(pages)
    var written: Set<String> = []
    let shown = rows.map { $0.forStudent(discretion) }
    for (student, rows) in Dictionary(grouping: shown, by: { Array($0.student.utf8) }).sorted(by: {
      $0.key.lexicographicallyPrecedes($1.key)
    }) {
      let name = FileName.safe(String(decoding: student, as: UTF8.self))
      let page = ReportPage(rows, labs: labs, tier: tier, audience: .student)
      try AtomicFile.write(Data(page.html.utf8), to: "\(pages)/\(name).html")
      try AtomicFile.write(try ResultsFile.json(rows), to: "\(pages)/\(name).json")
      written.formUnion([name + ".html", name + ".json"])
    }
    _ = try removePages(but: written)
  }

  /// Removes the students' pages except some: what they say about results is no longer true.
  ///
  /// - Returns: whether any were removed.
  package func removePages(but kept: Set<String> = []) throws -> Bool {
    guard FileManager.default.fileExists(atPath: pages) else { return false }
    return try StorageError.wrapping("\(pages) cannot be emptied") {
      let old = try FileManager.default.contentsOfDirectory(atPath: pages).filter {
        ($0.hasSuffix(".html") || $0.hasSuffix(".json")) && !kept.contains($0)
      }
      for name in old { try FileManager.default.removeItem(atPath: pages + "/" + name) }
      return !old.isEmpty
    }
  }
}

extension ResultRow {
  /// What a terminal shows of a row: each check, and what is wrong with it.
  package func text(_ labs: [GradedLab], ink: Ink, showsHidden: Bool = true) -> [String] {
    let graded = labs.first { $0.manifest.slug == lab }
    return checks.flatMap { check -> [String] in
      guard let verdict = check.verdict, let known = graded?.checks.first(where: { $0.id == check.id }) else {
        return [ink(Ink.style(check.status), check.status.rawValue) + "  \(check.id): \(check.message)"]
      }
      let text = FailureText(
        lab: lab, check: known, hints: graded?.manifest.hints.count ?? 0, replay: check.replay,
        showsInput: showsHidden || check.visibility == .visible, ink: ink)
      return text.lines(verdict)
    }
  }
}
