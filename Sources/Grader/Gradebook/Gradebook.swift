import Foundation
import GRDB
import Judging

/// `gradebook.sqlite`: the results for queries, and what an instructor has decided by hand.
///
/// The results in it are a projection of the job documents: each run replaces them in one transaction, so a run that
/// was stopped leaves those of the run before. Overrides are not derived from anything else, so they stay.
package struct Gradebook {
  private let database: DatabaseQueue
  /// Where a damaged gradebook was moved to; nil if there was none.
  package private(set) var damaged: String?

  /// A decision by hand, which overrides the grader's score.
  package struct Override: Sendable, Equatable {
    /// The student.
    package var student: String
    /// The lab.
    package var lab: String
    /// The score that replaces the grader's.
    package var score: Int
    /// The name of the person who decided.
    package var author: String
    /// The time of the decision, as text in ISO 8601 format.
    package var time: String
    /// The reason for the decision.
    package var reason: String

    /// An override.
    package init(student: String, lab: String, score: Int, author: String, time: String, reason: String) {
      self.student = student
      self.lab = lab
      self.score = score
      self.author = author
      self.time = time
      self.reason = reason
    }
  }

  /// Opens or creates the gradebook at `path`; moves a damaged one aside, next to the new one.
  package init(path: String) throws {
    do {
      database = try Self.open(path)
    } catch let error as DatabaseError where Self.isDamage(error) {
      damaged = try Self.putAside(path)
      database = try Self.open(path)
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    let database = try DatabaseQueue(path: path)
    try database.write { database in
      let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? ""
      guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict) }
      try database.execute(sql: tables)
    }
    return database
  }

  private static func isDamage(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
  }

  private static func putAside(_ path: String) throws -> String {
    let number = (1...).first { !FileManager.default.fileExists(atPath: "\(path).damaged-\($0)") } ?? 1
    let aside = "\(path).damaged-\(number)"
    try FileManager.default.moveItem(atPath: path, toPath: aside)
    return aside
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS results (
      student TEXT NOT NULL, lab TEXT NOT NULL, status TEXT NOT NULL, score INTEGER NOT NULL, max INTEGER NOT NULL,
      sandbox TEXT NOT NULL, job TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS checks (
      student TEXT NOT NULL, lab TEXT NOT NULL, id TEXT NOT NULL, status TEXT NOT NULL, score INTEGER NOT NULL,
      max INTEGER NOT NULL, visibility TEXT NOT NULL, message TEXT NOT NULL, replay TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS overrides (
      student TEXT NOT NULL, lab TEXT NOT NULL, score INTEGER NOT NULL, author TEXT NOT NULL, time TEXT NOT NULL,
      reason TEXT NOT NULL, PRIMARY KEY (student, lab));
    CREATE VIEW IF NOT EXISTS grades AS
      SELECT results.student, results.lab, results.status, COALESCE(overrides.score, results.score) AS score, results.max,
        overrides.author, overrides.time, overrides.reason
      FROM results LEFT JOIN overrides USING (student, lab);
    """

  /// Opens the gradebook at `path` and replaces all its results.
  ///
  /// - Returns: where the damaged gradebook that this one replaces was moved to; nil if there was none.
  static func write(_ rows: [ResultRow], tier: Sandbox.Tier, to path: String) throws(StorageError) -> String? {
    try StorageError.wrapping("\(path) cannot be written") {
      do {
        let book = try Gradebook(path: path)
        try book.project(rows, tier: tier)
        return book.damaged
      } catch let error as DatabaseError {
        throw StorageError("\(path) cannot be written", error.message ?? "SQLite error \(error.resultCode.rawValue)")
      }
    }
  }

  /// Replaces all results in one transaction.
  package func project(_ rows: [ResultRow], tier: Sandbox.Tier) throws {
    try database.write { database in
      try database.execute(sql: "DELETE FROM results; DELETE FROM checks")
      let result = try database.makeStatement(sql: "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, ?)")
      let check = try database.makeStatement(sql: "INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      for row in rows {
        try result.execute(arguments: [
          row.student, row.lab, row.status.rawValue, row.score, row.max, tier.rawValue, row.job,
        ])
        for one in row.checks {
          try check.execute(arguments: [
            row.student, row.lab, one.id, one.status.rawValue, one.score, one.max, one.visibility.rawValue,
            one.message, one.replay,
          ])
        }
      }
    }
  }

  /// Records a decision; a new one for the same result replaces the old one.
  package func record(_ override: Override) throws {
    try database.write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO overrides VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          override.student, override.lab, override.score, override.author, override.time, override.reason,
        ])
    }
  }

  /// The scores that count, as lines of `student lab score`, sorted.
  package func grades() throws -> [String] {
    try database.read { database in
      try Row.fetchAll(database, sql: "SELECT student, lab, score FROM grades ORDER BY student, lab").map { row in
        let (student, lab, score): (String, String, Int) = (row[0], row[1], row[2])
        return "\(student) \(lab) \(score)"
      }
    }
  }
}
