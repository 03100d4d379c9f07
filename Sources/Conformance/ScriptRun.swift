import LabKernel

/// What a run of a script leaves behind, with the process ids of the side on which it ran.
public struct ScriptRun: Sendable, Equatable {
  /// A task, as it was created.
  public struct Creation: Sendable, Equatable {
    /// The task that created it, as an index; nil for the first one.
    public var creator: Int?
    /// How many tasks the creator had created before.
    public var number: Int
    /// What the creator calls it; 0 if the creator has never known.
    public var pid: Int
    /// Whether it is process 1 of a namespace of its own.
    public var opensNamespace: Bool
  }

  /// A system call that has ended, or that ends its task.
  public struct Call: Sendable, Equatable {
    /// The task that made it, as an index.
    public var task: Int
    /// Its number.
    public var number: SystemCallNumber
    /// Its result; nil if the caller has not lived to see it.
    public var result: Int?
    /// What it has left in memory, for each output of its ``CallShape``; nil if there is nothing.
    public var outputs: [[UInt8]?]
  }

  /// How a run ended.
  public enum End: Sendable, Equatable {
    /// All tasks have ended.
    case ended
    /// Tasks wait forever.
    case hung
    /// It was stopped because it took too many steps, or too much room.
    case endless
  }

  /// The tasks, in an order in which each comes after its creator.
  public var tasks: [Creation]
  /// The calls; those of one task are in their order.
  public var calls: [Call]
  /// What was printed.
  public var console: [UInt8]
  /// How it ended.
  public var end: End

  /// The flag of clone(2) for a namespace of process ids.
  ///
  /// - Source: Linux, include/uapi/linux/sched.h, `CLONE_NEWPID`.
  static let newNamespace = 0x2000_0000
}
