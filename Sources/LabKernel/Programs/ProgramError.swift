/// What is wrong with the text of a program, and where.
public struct ProgramError: Error, Sendable, Equatable {
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1.
  public var column: Int
  /// What should have been there.
  public var expected: String
  /// What was there; empty for the end of the line.
  public var found: String

  /// The error, in one sentence.
  public var message: String {
    found.isEmpty ? "expected \(expected), found the end of the line" : "expected \(expected), found '\(found)'"
  }
}
