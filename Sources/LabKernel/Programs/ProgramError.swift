/// What is wrong with the text of a program, and where.
public struct ProgramError: Error, Sendable, Equatable {
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1.
  public var column: Int
  /// What should have stood there.
  public var expected: String
  /// What stood there; empty for the end of the line.
  public var found: String

  /// In one sentence.
  public var message: String {
    found.isEmpty ? "expected \(expected), found the end of the line" : "expected \(expected), found '\(found)'"
  }
}
