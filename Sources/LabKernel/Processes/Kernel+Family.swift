// Which task is whose child, which thread belongs to which process, and which process to which group: the lists, and
// nothing but the lists.

extension Kernel {
  /// Puts `child` behind the other children of `parent`, so that wait finds the oldest first.
  mutating func adopt(_ child: TaskID, by parent: TaskID) {
    let youngest = tasks[parent].lastChild
    tasks[child].parent = parent
    tasks[child].previousSibling = youngest
    tasks[child].nextSibling = .idle
    if youngest == .idle { tasks[parent].firstChild = child } else { tasks[youngest].nextSibling = child }
    tasks[parent].lastChild = child
  }

  /// Takes `child` out of the list of its parent's children.
  mutating func disown(_ child: TaskID) {
    let parent = tasks[child].parent
    let (previous, next) = (tasks[child].previousSibling, tasks[child].nextSibling)
    if previous == .idle { tasks[parent].firstChild = next } else { tasks[previous].nextSibling = next }
    if next == .idle { tasks[parent].lastChild = previous } else { tasks[next].previousSibling = previous }
    tasks[child].previousSibling = .idle
    tasks[child].nextSibling = .idle
  }

  /// Makes a task the leader of a new process: in the process group and the session of `parent`, or, without one, in a
  /// session of its own.
  ///
  /// - Source: Linux, kernel/fork.c, `copy_signal()`.
  mutating func makeProcess(_ task: TaskID, like parent: ThreadGroupID = .none) {
    let identity = tasks[task].identity
    let processGroup = parent == .none ? identity : groups[parent].processGroup
    let session = parent == .none ? identity : groups[parent].session
    let group = groups.insert(
      ThreadGroup(leader: task, lastThread: task, processGroup: processGroup, session: session))
    tasks[task].group = group
    if identity != .none {
      join(group, processGroup)
      pids.joinSession(session)
    }
    link(group)
  }

  /// Makes a task the last thread of a process.
  mutating func addThread(_ task: TaskID, to group: ThreadGroupID) {
    tasks[task].group = group
    tasks[groups[group].lastThread].nextThread = task
    groups[group].lastThread = task
    groups[group].threads += 1
    groups[group].living += 1
  }

  /// Takes a thread that has ended out of its process.
  ///
  /// - Complexity: O(threads).
  mutating func removeThread(_ task: TaskID) {
    let group = tasks[task].group
    groups[group].threads -= 1
    var previous = groups[group].leader
    guard previous != task else { return }
    while tasks[previous].nextThread != task { previous = tasks[previous].nextThread }
    tasks[previous].nextThread = tasks[task].nextThread
    if groups[group].lastThread == task { groups[group].lastThread = previous }
  }

  /// Calls `body` with each thread of a process that has not been reaped, the leader first.
  mutating func forEachThread(_ group: ThreadGroupID, _ body: (inout Kernel, TaskID) -> Void) {
    var thread = groups[group].leader
    while thread != .idle {
      let next = tasks[thread].nextThread
      body(&self, thread)
      thread = next
    }
  }

  /// The threads of a process that have not been reaped.
  func threads(of group: ThreadGroupID) -> [TaskID] {
    var threads: [TaskID] = []
    var thread = groups[group].leader
    while thread != .idle {
      threads.append(thread)
      thread = tasks[thread].nextThread
    }
    return threads
  }

  /// The first thread of a process, other than `task`, that has not ended; nil if there is none.
  ///
  /// - Source: Linux, kernel/exit.c, `find_alive_thread()`.
  func livingThread(of group: ThreadGroupID, besides task: TaskID = .idle) -> TaskID? {
    var thread = groups[group].leader
    while thread != .idle {
      if thread != task, tasks[thread].isAlive, !tasks[thread].work.contains(.exiting) { return thread }
      thread = tasks[thread].nextThread
    }
    return nil
  }

  /// Puts a process into a process group.
  mutating func join(_ group: ThreadGroupID, _ processGroup: PIDHandle) {
    let first = pids.firstInGroup(processGroup)
    groups[group].processGroup = processGroup
    groups[group].previousInGroup = .none
    groups[group].nextInGroup = first
    if first != .none { groups[first].previousInGroup = group }
    pids.setFirstInGroup(processGroup, group)
  }

  /// Takes a process out of its process group.
  mutating func leaveProcessGroup(_ group: ThreadGroupID) {
    let (previous, next) = (groups[group].previousInGroup, groups[group].nextInGroup)
    if next != .none { groups[next].previousInGroup = previous }
    if previous != .none {
      groups[previous].nextInGroup = next
    } else {
      pids.setFirstInGroup(groups[group].processGroup, next)
    }
  }

  /// The processes of a process group, the latest to join first.
  func members(of processGroup: PIDHandle) -> [ThreadGroupID] {
    var members: [ThreadGroupID] = []
    var group = pids.firstInGroup(processGroup)
    while group != .none {
      members.append(group)
      group = groups[group].nextInGroup
    }
    return members
  }

  /// Puts a process at the end of the circle of all processes.
  ///
  /// - Source: Linux, kernel/fork.c, `list_add_tail_rcu(&p->tasks, &init_task.tasks)`.
  private mutating func link(_ group: ThreadGroupID) {
    let start = tasks[.idle].group
    guard group != start else {
      groups[group].next = group
      groups[group].previous = group
      return
    }
    let last = groups[start].previous
    groups[group].previous = last
    groups[group].next = start
    groups[last].next = group
    groups[start].previous = group
  }

  /// Takes a process out of every list; its row is free.
  ///
  /// - Source: Linux, kernel/exit.c, `__unhash_process()`.
  mutating func removeProcess(_ group: ThreadGroupID) {
    if groups[group].isSubreaper { subreapers -= 1 }
    leaveProcessGroup(group)
    pids.leaveSession(groups[group].session)
    let (previous, next) = (groups[group].previous, groups[group].next)
    groups[previous].next = next
    groups[next].previous = previous
    groups.remove(group)
  }

  /// All processes but the idle one, in the order of their creation; those that have ended, until they are reaped.
  ///
  /// - Complexity: O(processes).
  /// - Source: Linux, include/linux/sched/signal.h, `for_each_process()`.
  public var processes: [TaskID] {
    var all: [TaskID] = []
    let start = tasks[.idle].group
    var group = groups[start].next
    while group != start {
      all.append(groups[group].leader)
      group = groups[group].next
    }
    return all
  }

  /// The namespace in which a task's own number is.
  func namespace(of task: TaskID) -> PIDNamespaceID { pids.allocator.namespace(of: tasks[task].identity) }

  /// The number of an identity as `viewer` sees it, 0 if it does not see it.
  func number(of identity: PIDHandle, seenBy viewer: TaskID) -> Int {
    identity == .none ? 0 : Int(pids.allocator.number(of: identity, in: namespace(of: viewer)))
  }

  /// The number of `task` as `viewer` sees it; 0 if it does not see it.
  func number(of task: TaskID, seenBy viewer: TaskID) -> Int { number(of: tasks[task].identity, seenBy: viewer) }
}
