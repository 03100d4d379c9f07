import Foundation

/// All files that a run leaves for people and tools: each is whole, whatever happens meanwhile.
package struct Reports {
  private let folder: String

  /// The reports in `folder`.
  package init(folder: String) { self.folder = folder }

  /// Writes them.
  ///
  /// - Returns: where a damaged gradebook was put, if there was one.
  @discardableResult
  package func write(_ rows: [ResultRow], labs: [GradedLab], tier: Sandbox.Tier) throws -> String? {
    try KeptRows(rows, tier: tier).write(to: folder)
    try AtomicFile.write(try ResultsFile.json(rows), to: folder + "/results.json")
    try AtomicFile.write(CommaSeparated.table(rows, tier: tier), to: folder + "/results.csv")
    let page = ReportPage(rows, labs: labs, tier: tier).html
    try AtomicFile.write(Data(page.utf8), to: folder + "/report.html")
    return try Gradebook.write(rows, tier: tier, to: folder + "/gradebook.sqlite")
  }

  /// Writes a page and a document for each student, in `students/`, without what hidden checks ask.
  package func writeForStudents(_ rows: [ResultRow], labs: [GradedLab], tier: Sandbox.Tier) throws {
    let place = folder + "/students"
    try FolderTree.make(place)
    for (student, rows) in Dictionary(grouping: rows.map(\.forStudent), by: \.student) {
      let path = place + "/" + FileName.safe(student)
      let page = ReportPage(rows, labs: labs, tier: tier, audience: .student)
      try AtomicFile.write(Data(page.html.utf8), to: path + ".html")
      try AtomicFile.write(try ResultsFile.json(rows), to: path + ".json")
    }
  }
}

extension ResultRow {
  /// All that is to be seen of a row in a terminal: each check, and what is wrong with it.
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
