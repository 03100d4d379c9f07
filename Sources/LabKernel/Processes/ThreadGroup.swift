/// A process, named by the row of its thread group.
package typealias ThreadGroupID = Handle<ThreadGroup>

/// A process: what its threads share.
///
/// A process begins with one thread, its *leader*, whose pid is the pid of the process. When the leader ends before the
/// others, it stays behind as a zombie until they have ended, so that the number is not used again.
///
/// Invariant: `living` is how many of its threads have not ended; the row goes with the last thread that is reaped.
/// - Source: Linux, include/linux/sched/signal.h, `struct signal_struct`, and `struct task_struct`, `group_leader`.
package struct ThreadGroup: Sendable {
  /// The thread whose pid is the pid of the process.
  var leader: TaskID
  /// The last of its threads; the first is the leader.
  var lastThread: TaskID
  /// How many threads have a row, including those that have ended.
  var threads: Int32 = 1
  /// How many threads have not ended.
  var living: Int32 = 1

  /// The process group that it is in, by the identity of the group's first leader.
  var processGroup: PIDHandle
  /// The session that it is in, by the identity of the session's leader.
  var session: PIDHandle
  /// The next process of the same process group; `none` after the last.
  var nextInGroup = ThreadGroupID.none
  /// The previous process of the same process group; `none` before the first.
  var previousInGroup = ThreadGroupID.none
  /// The next process in the list of all processes, which is a circle through init.
  var next = ThreadGroupID.none
  /// The previous process in that list.
  var previous = ThreadGroupID.none

  /// How all of its threads end, once that is decided: by exit_group(2) or a signal.
  var groupExit: ExitStatus?
  /// The signals that were sent to the process and are not handled yet.
  var pending = SignalSet()
  /// Whether it is stopped, or has just been continued.
  var stop = GroupStop()
  /// Where its threads sleep until a child ends; made when one first sleeps there.
  var childExit = WaitQueueID.none

  /// Whether it adopts orphans among its descendants.
  var isSubreaper = false
  /// Whether it is an init, which only a signal that it has asked for can end.
  var isUnkillable = false
  /// Whether it has executed a program since it was forked.
  var hasExecuted = false
  /// The accounts of the children that it has waited for.
  var childrenRun: Duration = .zero
  /// The accounts of its threads that have been reaped.
  var threadsRun: Duration = .zero
}

/// Whether a process is stopped, and what its parent has been told of that.
///
/// - Source: Linux, include/linux/sched/signal.h, `SIGNAL_STOP_STOPPED`, `SIGNAL_STOP_CONTINUED`, `group_stop_count`;
///   the signal is kept in `group_exit_code`.
struct GroupStop: Sendable, Equatable {
  /// Whether all of its threads have stopped.
  var isStopped = false
  /// Whether it was continued, and no wait(2) has reported it yet.
  var isContinued = false
  /// The signal that stopped it, until wait(2) reports it.
  var unreported: Signal?
  /// How many threads have yet to stop.
  var outstanding: Int32 = 0
  /// What its parent will be told when a thread of it next runs; nil for nothing.
  var notice: ChildEvent?
}

/// What a parent can be told about a child.
///
/// - Source: Linux, include/uapi/asm-generic/siginfo.h, `CLD_EXITED` and its kin.
public enum ChildEvent: Int, Sendable, NamedNumber {
  /// It has called exit.
  case CLD_EXITED = 1
  /// A signal has ended it.
  case CLD_KILLED = 2
  /// A signal has stopped it.
  case CLD_STOPPED = 5
  /// It has been continued.
  case CLD_CONTINUED = 6
}

/// All processes, one row each.
///
/// - Source: Linux allocates each `signal_struct` on its own.
package struct ThreadGroupTable: Sendable {
  private var rows: ContiguousArray<ThreadGroup> = []
  private var free: [ThreadGroupID] = []

  /// A table without processes.
  init() {}

  /// The process in a row.
  subscript(_ id: ThreadGroupID) -> ThreadGroup {
    _read { yield rows[id.index] }
    _modify { yield &rows[id.index] }
  }

  /// Puts a process into a free row, or a new one.
  mutating func insert(_ group: ThreadGroup) -> ThreadGroupID {
    if let id = free.popLast() {
      rows[id.index] = group
      return id
    }
    rows.append(group)
    return ThreadGroupID(rows.count - 1)
  }

  /// Frees a row.
  mutating func remove(_ id: ThreadGroupID) { free.append(id) }
}
