/// How many obituaries are always kept; at twice as many, the older half is dropped.
package let maximumObituaries = 1 << 17

/// What is left of a task that has ended.
///
/// - Source: Linux, include/uapi/linux/taskstats.h, what is sent when a task exits; wait4(2).
public struct Obituary: Sendable, Equatable {
  /// Its pid.
  public let pid: PID
  /// Its name.
  let comm: TaskName
  /// The pid of the parent that it had at its end.
  public let parent: PID
  /// How it ended.
  public let status: ExitStatus
  /// Where its time went.
  public let accounting: Accounting

  /// Its name.
  public var name: String { comm.text }
}

/// What the kernel knows about each pid: which task has it, and which processes form the group of that name.
///
/// The component in the slot for pids gives out the numbers; this table has a row for each identity that is in use.
///
/// Invariant: an identity is in use while a task has it, or a process group or a session is named after it. So the
/// number of a group is not given to a new task while the group has a member.
/// - Source: Linux, include/linux/pid.h, `struct pid`, `tasks[PIDTYPE_MAX]`; kernel/pid.c.
struct PIDTable: Sendable {
  /// What is named after one identity.
  private struct Row: Sendable {
    /// The task whose pid it is; idle after that has been reaped.
    var task = TaskID.idle
    /// The first process of the process group.
    var firstInGroup = ThreadGroupID.none
    /// How many processes are in the session.
    var inSession = 0
  }

  /// The component that gives out the numbers.
  private(set) var allocator: any PIDAllocator
  private var rows: ContiguousArray<Row> = []
  /// The accounts of the tasks that have ended, in the order in which they ended: at least the last
  /// ``maximumObituaries``.
  private(set) var obituaries: [Obituary] = []

  /// A table without tasks, whose numbers this component gives out.
  init(_ allocator: any PIDAllocator) { self.allocator = allocator }

  /// The namespace that everything begins in.
  static let outermost = PIDNamespaceID(0)

  /// Gives a new task its numbers.
  ///
  /// - Throws: what the allocator throws: `EAGAIN` without numbers, `ENOMEM` in a namespace whose init has ended.
  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    let identity = try allocator.allocate(in: namespace)
    while rows.count <= identity.index { rows.append(Row()) }
    rows[identity.index] = Row()
    return identity
  }

  /// Gives init its number, which is 1.
  mutating func first() -> PIDHandle {
    do throws(Errno) {
      return try allocate(in: PIDTable.outermost)
    } catch {
      preconditionFailure("an allocator without numbers in use has one for init")
    }
  }

  /// Makes a namespace inside another.
  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    try allocator.makeNamespace(in: parent)
  }

  /// Says which task has an identity.
  mutating func attach(_ task: TaskID, to identity: PIDHandle) { rows[identity.index].task = task }

  /// The task has been reaped.
  mutating func detach(_ identity: PIDHandle) {
    rows[identity.index].task = .idle
    freeIfUnused(identity)
  }

  /// The task with a number in a namespace, even if it has ended but is not reaped; nil for no task.
  ///
  /// - Complexity: O(1).
  /// - Source: Linux, kernel/pid.c, `find_task_by_pid_ns()`.
  func task(_ number: Int, in namespace: PIDNamespaceID) -> TaskID? {
    guard let identity = allocator.find(number, in: namespace) else { return nil }
    let task = rows[identity.index].task
    return task == .idle ? nil : task
  }

  /// The task with the smallest number at or above `number` in a namespace, with that number.
  ///
  /// - Source: Linux, fs/proc/base.c, `next_tgid()`.
  func task(atOrAbove number: Int, in namespace: PIDNamespaceID) -> (number: Int, task: TaskID)? {
    var number = number
    while let identity = allocator.find(atOrAbove: number, in: namespace) {
      number = Int(allocator.number(of: identity, in: namespace))
      let task = rows[identity.index].task
      if task != .idle { return (number, task) }
      number += 1
    }
    return nil
  }

  /// The first process of the group that is named after an identity; `none` if there is no such group.
  func firstInGroup(_ identity: PIDHandle) -> ThreadGroupID { rows[identity.index].firstInGroup }

  /// Sets the first process of a group.
  mutating func setFirstInGroup(_ identity: PIDHandle, _ group: ThreadGroupID) {
    rows[identity.index].firstInGroup = group
    freeIfUnused(identity)
  }

  /// Counts a process into a session.
  mutating func joinSession(_ identity: PIDHandle) { rows[identity.index].inSession += 1 }

  /// Counts a process out of a session.
  mutating func leaveSession(_ identity: PIDHandle) {
    rows[identity.index].inSession -= 1
    freeIfUnused(identity)
  }

  /// Adds a user to a namespace, removes one, or closes it.
  mutating func withAllocator(_ body: (inout any PIDAllocator) -> Void) { body(&allocator) }

  /// Adds which numbers are in use, and which are given next, to `digest`.
  func digest(into digest: inout StateDigest) {
    guard let counting = allocator as? CountingPIDs else {
      preconditionFailure("every schedule is explored with the baseline")
    }
    counting.digest(into: &digest)
  }

  /// Records how a task ended.
  ///
  /// - Complexity: O(1) amortized.
  mutating func record(_ obituary: Obituary) {
    obituaries.append(obituary)
    if obituaries.count == 2 * maximumObituaries { obituaries.removeFirst(maximumObituaries) }
  }

  private mutating func freeIfUnused(_ identity: PIDHandle) {
    let row = rows[identity.index]
    guard row.task == .idle, row.firstInGroup == .none, row.inSession == 0 else { return }
    allocator.free(identity)
  }
}
