import Reader

extension LabRow {
  /// The labs of the book and the student's progress, in the order of learning, from files in plain form.
  ///
  /// - Parameter progress: the file with the student's progress, if there is one.
  /// - Returns: nil if a file is missing, cannot be read, or needs a reader that knows all of its syntax.
  /// - Throws: `ReadingError.unreadable` if the folder of the labs cannot be listed.
  package static func plainRows(of root: BookRoot, progress: String) throws(ReadingError) -> [LabRow]? {
    guard let standings = plainStandings(in: progress) else { return nil }
    var rows: [LabRow] = []
    for folder in try LabFolder.all(in: root.labs) {
      guard let text = Folder.contents(of: folder.manifest), let card = PlainManifest.card(of: folder.slug, text) else {
        return nil
      }
      let work = "\(root.work)/\(folder.slug)/\(card.component).swift"
      rows.append(LabRow(card, standings[folder.slug], isStarted: Folder.holds(work)))
    }
    return inOrder(rows, of: SectionOrder(chapters: root.chapters))
  }

  /// What is remembered about each lab.
  private static func plainStandings(in path: String) -> [String: Standing]? {
    guard Folder.holds(path) else { return [:] }
    guard let text = Folder.contents(of: path), let document = PlainJSON(text),
      document["schema"] == .text(StateFolder.progressSchema), case .object(let labs)? = document["labs"]
    else { return nil }
    var standings: [String: Standing] = [:]
    for (slug, entry) in labs {
      guard let tests = entry["tests"]?.number, let checks = entry["checks"]?.number,
        entry["hints"]?.number != nil, case .list(let passed)? = entry["passed"]
      else { return nil }
      standings[slug] = Standing(tests: tests, passed: passed.count, checks: checks)
    }
    return standings
  }
}
