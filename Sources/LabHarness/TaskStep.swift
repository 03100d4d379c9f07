/// One thing that a task of a case does, or that happens to it.
public struct TaskStep<Operation: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  /// The task, by its place in the case; drawn as a letter: 0 is A.
  public var task: Int
  /// What it does.
  public var operation: Operation

  /// What a task does.
  public init(_ task: Int, _ operation: Operation) {
    self.task = task
    self.operation = operation
  }
}

/// The letters that stand for the tasks of a case, in their order.
public enum TaskLetter {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// How many tasks have one.
  public static let count = letters.count

  /// The letter of the task at that place; a question mark where there is none.
  public static func of(_ task: Int) -> Character { letters.indices.contains(task) ? letters[task] : "?" }

  /// The place of the task with that letter.
  public static func task(_ letter: Character) -> Int? { letters.firstIndex(of: letter) }
}
