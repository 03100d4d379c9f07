import Foundation
import Judging

/// The file that other tools read, `results.json`.
///
/// Its format is fixed; any change to it is a new schema.
package enum ResultsFile {
  /// The version of the format.
  package static let schema = "kernel-by-hand.results/1"

  /// The document for `rows`, which are sorted by student, then lab; the same rows give the same bytes.
  package static func json(_ rows: [ResultRow]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(Document(rows)) + Data([UInt8(ascii: "\n")])
  }

  private struct Document: Encodable {
    var schema = ResultsFile.schema
    var results: [Result]

    init(_ rows: [ResultRow]) { results = rows.map(Result.init) }
  }

  private struct Result: Encodable {
    var student: String
    var lab: String
    var status: Status
    var score: Int
    var max: Int
    var checks: [Check]

    init(_ row: ResultRow) {
      (student, lab, status, score, max) = (row.student, row.lab, row.status, row.score, row.max)
      checks = row.checks.map(Check.init)
    }
  }

  private struct Check: Encodable {
    var id: String
    var status: Status
    var score: Int
    var max: Int
    var visibility: Visibility
    var message: String
    var replay: String

    init(_ check: ResultRow.CheckRow) {
      (id, status, score, max) = (check.id, check.status, check.score, check.max)
      (visibility, message, replay) = (check.visibility, check.message, check.replay)
    }
  }
}
