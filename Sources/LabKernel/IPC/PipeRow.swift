/// A pipe, named by its row.
public struct PipeID: Sendable, Hashable, Codable {
  /// The row.
  package var raw: Int32
  /// The pipe in row `raw`.
  package init(raw: Int32) { self.raw = raw }
}

/// One pipe, and who sleeps on which end.
struct PipeRow: Sendable {
  /// The component in the slot.
  var pipe: any Pipe
  /// Those that sleep until there is something to read, the oldest first.
  var readers: [TaskID] = []
  /// Those that sleep until there is room to write, the oldest first.
  var writers: [TaskID] = []
  /// How many open files refer to it.
  var openFiles = 2
}
