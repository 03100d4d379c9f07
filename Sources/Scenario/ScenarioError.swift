/// What is wrong with a scenario file, and where.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1.
  public var column: Int
  /// What was expected, and what was found.
  public var message: String

  /// An error.
  package init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// As compilers write it: `file:line:column: error: message`.
  public var description: String { "\(file):\(line):\(column): error: \(message)" }
}
