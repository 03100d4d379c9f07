import Foundation

/// `rows.json`: the rows of the latest reports, so that a run over a few submissions keeps the rows of the others.
///
/// What the job documents hold is not written twice: pictures, compiler messages and what a program printed.
package struct KeptRows: Codable, Sendable {
  private var schema = KeptRows.currentSchema
  private var sandbox: Sandbox.Tier
  private var rows: [ResultRow]

  private static let currentSchema = "kernel-by-hand.rows/1"
  private static let name = "/rows.json"

  /// The rows that reports in `tier` are made of.
  init(_ rows: [ResultRow], tier: Sandbox.Tier) {
    sandbox = tier
    self.rows = rows.map { row in
      guard !row.job.isEmpty else { return row }
      var row = row
      (row.diagnostics, row.printed) = ("", "")
      for index in row.checks.indices { row.checks[index].verdict = nil }
      return row
    }
  }

  /// Writes the rows next to the reports.
  func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(try encoder.encode(self), to: folder + Self.name)
  }

  /// The rows of the reports in `folder` that are not in `selection`; none if there are no reports.
  ///
  /// - Throws: ``Lost`` if there are reports, but their rows cannot be combined with those of `tier`.
  package static func others(
    than selection: Selection, in folder: String, store: JobStore, tier: Sandbox.Tier
  ) throws -> [ResultRow] {
    let path = folder + name
    guard FileManager.default.fileExists(atPath: folder + "/results.json") else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else { throw Lost("there is no \(path)") }
    let kept: KeptRows
    do {
      kept = try JSONDecoder().decode(KeptRows.self, from: data)
    } catch {
      throw Lost("\(path) is damaged")
    }
    guard kept.schema == currentSchema else { throw Lost("\(path) was written by another version") }
    guard kept.sandbox == tier else {
      throw Lost("they are of a run with --sandbox \(kept.sandbox.rawValue), this one has \(tier.rawValue)")
    }
    return try kept.rows.filter { !selection.contains($0.student, $0.lab) }.map { try $0.completed(from: store) }
  }

  /// The error that the results of other submissions in a folder cannot be kept.
  package struct Lost: Error, Equatable {
    /// The reason.
    package let reason: String

    init(_ reason: String) { self.reason = reason }
  }
}

extension ResultRow {
  /// The row completed from its job document; unchanged if that document is gone.
  fileprivate func completed(from store: JobStore) throws -> ResultRow {
    guard !job.isEmpty, let document = try store.document(job) else { return self }
    var row = self
    (row.diagnostics, row.printed) = (document.diagnostics, document.printed)
    for index in row.checks.indices {
      row.checks[index].verdict = document.checks.first { $0.id == row.checks[index].id }?.verdict
    }
    return row
  }
}
