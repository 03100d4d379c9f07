/// A pipe, named by its row.
public typealias PipeID = Handle<PipeRow>

/// One pipe, and the tasks that sleep at its ends.
///
/// Its users are the open files that refer to one of its ends.
/// - Source: Linux, include/linux/pipe_fs_i.h, `struct pipe_inode_info`.
public struct PipeRow: Sendable {
  /// The component in the slot.
  var pipe: any Pipe
  /// The tasks that wait until there is something to read.
  var readers = WaitQueueID.none
  /// The tasks that wait until there is room to write.
  var writers = WaitQueueID.none
}
