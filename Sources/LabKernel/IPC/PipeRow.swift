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
  /// The tasks that wait until there is something to read.
  var readers = WaitQueueID.none
  /// The tasks that wait until there is room to write.
  var writers = WaitQueueID.none
  /// How many open files refer to it.
  var openFiles = 2
}
