/// A task to start, with everything that `spawn` needs to know.
public struct Spawn: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The program that it executes.
  public var program: ProgramID
  /// When it begins.
  public var start: Instant
  /// How it is scheduled.
  public var policy: SchedulingPolicy
  /// Its real-time priority, 0 for ordinary tasks.
  public var realtimePriority: Int
  /// Tasks with the same number, if any, share their memory.
  public var sharedMemory: Int?

  /// A task called `name` that executes `program`.
  public init(
    _ name: String, _ program: ProgramID, start: Instant = .zero, policy: SchedulingPolicy = .normal,
    realtimePriority: Int = 0, sharedMemory: Int? = nil
  ) {
    self.name = name
    self.program = program
    self.start = start
    self.policy = policy
    self.realtimePriority = realtimePriority
    self.sharedMemory = sharedMemory
  }
}

/// How many tasks there may be at once.
public let maximumTasks = 1 << 20

/// The order of a kernel stack: 2^2 page frames, 16 KiB.
///
/// - Source: Linux, arch/x86/include/asm/page_64_types.h, `THREAD_SIZE_ORDER`.
public let kernelStackOrder = 2

extension Kernel {
  /// Announces a task; it begins at its `start`, which must not lie in the past.
  public mutating func spawn(_ spawn: Spawn) {
    precondition(spawn.start >= now, "a task cannot begin in the past")
    events.post(.arrival(arrivals.insert(spawn).index), at: spawn.start)
  }

  /// Starts an announced task as a child of init, in a session of its own; if there is no room for it, it never begins.
  ///
  /// - Simplified: a task that shares its memory from the start has no stack.
  mutating func begin(_ spawn: Spawn) {
    var entity = SchedulingEntity(
      policy: spawn.policy, realtimePriority: spawn.realtimePriority,
      fullTimeSlice: configuration.timeSlice(of: spawn.policy))
    entity.textbook.totalRun = programs[spawn.program.index].totalCompute
    do throws(Errno) {
      let (identity, stack) = try allocateIdentity(in: PIDTable.outermost)
      let task = insertTask(
        identity, TaskName(spawn.name), engine: Engine(spawn.program), parent: .initial, entity: entity)
      makeProcess(task)
      tasks[task].exitSignal = .SIGCHLD
      tasks[task].stack = stack
      tasks[task].memory = map(for: spawn)
      if programs[spawn.program.index].usesStack, spawn.sharedMemory == nil { beginStack(task, spawn.program) }
      adopt(task, by: .initial)
      wakeUpNew(task)
    } catch {
      return
    }
  }

  /// clone(2): makes a copy of the caller, including its program counter and registers, that finds 0 as the result.
  ///
  /// Each flag says what the copy shares with the caller; without flags, this is fork(2).
  /// - Returns: the new task's pid, as the caller sees it.
  /// - Throws: `EAGAIN` without room for another task, or without a pid; `ENOMEM` if there is no room for a kernel stack,
  ///   or if the namespace's init has ended; `EINVAL` for other flags; `EPERM` for a new namespace without the right to
  ///   make it.
  /// - Source: Linux, kernel/fork.c, `copy_process()` and `kernel_clone()`.
  /// - Simplified: memory is copied at once, not on write.
  mutating func clone(_ caller: TaskID, _ request: CloneRequest) throws(Errno) -> CallAnswer {
    if tasks[caller].callProgress > 0 { return vforkAnswer(caller) }
    if request.has(.CLONE_PARENT), groups[tasks[caller].group].isUnkillable { throw .EINVAL }
    if request.has(.CLONE_THREAD), namespace(of: caller) != tasks[caller].childNamespace { throw .EINVAL }
    let namespace = try namespace(for: request, of: caller)
    let child = try copyTask(caller, request, in: namespace)
    tasks[caller].births += 1
    let pid = pids.allocator.number(of: tasks[child].identity, in: self.namespace(of: caller))
    try storeTIDs(of: child, for: caller, request, pid)
    wakeUpNew(child)
    guard request.has(.CLONE_VFORK) else { return .value(Int(pid)) }
    tasks[caller].vforkChild = child
    tasks[child].vforkParent = caller
    tasks[caller].callProgress = Int(pid)
    return vforkAnswer(caller)
  }

  /// vfork(2)'s answer: the child's pid, once the child no longer uses the caller's memory.
  ///
  /// - Source: Linux, kernel/fork.c, `wait_for_vfork_done()`.
  private func vforkAnswer(_ caller: TaskID) -> CallAnswer {
    guard tasks[caller].vforkChild == .idle else { return .sleep(on: .none, as: .killable) }
    return .value(tasks[caller].callProgress)
  }

  /// Lets the task go on that waits for this one to give up its memory.
  ///
  /// - Source: Linux, kernel/fork.c, `complete_vfork_done()`.
  mutating func completeVfork(_ task: TaskID) {
    let parent = tasks[task].vforkParent
    if parent != .idle {
      tasks[task].vforkParent = .idle
      tasks[parent].vforkChild = .idle
      if tasks[parent].state.isAsleep { wakeUp(parent) }
    }
    let child = tasks[task].vforkChild
    if child != .idle {
      tasks[task].vforkChild = .idle
      tasks[child].vforkParent = .idle
    }
  }

  /// The namespace of the new task: the one in which the caller's children begin, or a new one inside it.
  ///
  /// The caller of this function owns a use of it.
  /// - Source: Linux, kernel/nsproxy.c, `copy_namespaces()`.
  private mutating func namespace(for request: CloneRequest, of caller: TaskID) throws(Errno) -> PIDNamespaceID {
    let current = tasks[caller].childNamespace
    guard request.has(.CLONE_NEWPID) else {
      pids.withAllocator { $0.retain(current) }
      return current
    }
    guard tasks[caller].credentials.isRoot else { throw .EPERM }
    guard current == self.namespace(of: caller) else { throw .EINVAL }
    return try pids.makeNamespace(in: current)
  }

  private mutating func copyTask(
    _ caller: TaskID, _ request: CloneRequest, in namespace: PIDNamespaceID
  ) throws(Errno) -> TaskID {
    let identity: PIDHandle
    let stack: FrameNumber
    do throws(Errno) {
      (identity, stack) = try allocateIdentity(in: namespace)
    } catch {
      pids.withAllocator { $0.release(namespace) }
      throw error
    }
    let original = tasks[caller]
    let isSibling = request.has(.CLONE_PARENT) || request.has(.CLONE_THREAD)
    let child = insertTask(
      identity, original.comm, engine: original.engine, parent: isSibling ? original.parent : caller,
      entity: scheduling[caller].forked())
    tasks[child].engine.setResult(0)
    tasks[child].stack = stack
    tasks[child].childNamespace = namespace
    tasks[child].credentials = original.credentials
    tasks[child].blocked = original.blocked
    share(caller, with: child, request)
    joinFamily(child, of: caller, request)
    return child
  }

  /// Gives the new task what it shares with its parent, or copies it.
  ///
  /// - Source: Linux, kernel/fork.c, `copy_files()`, `copy_fs()`, `copy_sighand()` and `copy_mm()`.
  private mutating func share(_ caller: TaskID, with child: TaskID, _ request: CloneRequest) {
    let map = tasks[caller].memory
    if request.has(.CLONE_VM) {
      tasks[child].memory = map == .none ? .none : memory.maps.retain(map)
    } else {
      tasks[child].memory = memory.copy(map)
    }
    if request.has(.CLONE_FILES) {
      tasks[child].files = files.retain(&tasks[caller].files)
    } else {
      tasks[child].files = files.copy(tasks[caller].files)
    }
    tasks[child].fs = forkContext(of: caller, isShared: request.has(.CLONE_FS))
    let handlers = tasks[caller].handlers
    if request.has(.CLONE_SIGHAND) {
      tasks[child].handlers = signalHandlers.retain(makeHandlers(of: caller))
    } else if handlers != .none {
      tasks[child].handlers = signalHandlers.copy(handlers)
    }
  }

  /// Makes the new task a thread of the caller's process, or a process.
  private mutating func joinFamily(_ child: TaskID, of caller: TaskID, _ request: CloneRequest) {
    if request.has(.CLONE_THREAD) {
      addThread(child, to: tasks[caller].group)
    } else {
      let leader = groups[tasks[caller].group].leader
      tasks[child].exitSignal = request.has(.CLONE_PARENT) ? tasks[leader].exitSignal : request.exitSignal
      makeProcess(child, like: tasks[caller].group)
      groups[tasks[child].group].isUnkillable = number(of: child, seenBy: child) == 1
      adopt(child, by: tasks[child].parent)
    }
  }

  /// - Source: Linux, kernel/fork.c, `copy_process()` and `schedule_tail()`.
  /// - Simplified: an address that is not mapped is ignored in both places.
  private mutating func storeTIDs(
    of child: TaskID, for caller: TaskID, _ request: CloneRequest, _ pid: PID
  ) throws(Errno) {
    if request.has(.CLONE_CHILD_CLEARTID) { tasks[child].clearChildTID = request.childTID }
    if request.has(.CLONE_PARENT_SETTID) { _ = tryPutUser(caller, Int(pid), .int, at: request.parentTID) }
    if request.has(.CLONE_CHILD_SETTID) {
      let own = pids.allocator.number(of: tasks[child].identity, in: namespace(of: child))
      _ = tryPutUser(child, Int(own), .int, at: request.childTID)
    }
  }

  /// Takes the numbers and the kernel stack of a new task, or neither.
  mutating func allocateIdentity(in namespace: PIDNamespaceID) throws(Errno) -> (PIDHandle, FrameNumber) {
    guard tasks.living < maximumTasks else { throw .EAGAIN }
    guard let stack = memory.pageAllocator.allocate(order: kernelStackOrder) else { throw .ENOMEM }
    do throws(Errno) {
      return (try pids.allocate(in: namespace), stack)
    } catch {
      freeStack(stack)
      throw error
    }
  }

  /// Puts a new row into the table; the task is on no run queue yet.
  mutating func insertTask(
    _ identity: PIDHandle, _ comm: TaskName, engine: Engine, parent: TaskID, entity: SchedulingEntity
  ) -> TaskID {
    let pid = identity == .none ? 0 : pids.allocator.number(of: identity, in: PIDTable.outermost)
    let accounting = Accounting(created: now)
    let task = tasks.insert { id in
      Task(
        id: id, pid: pid, identity: identity, comm: comm, parent: parent, cpu: 0, engine: engine,
        accounting: accounting)
    }
    if identity != .none { pids.attach(task, to: identity) }
    scheduling.entities.insert(entity, pid: pid, at: task)
    return task
  }

  /// Makes a new task runnable on the CPU with the fewest runnable tasks.
  ///
  /// - Source: Linux, kernel/sched/core.c, `wake_up_new_task()`.
  mutating func wakeUpNew(_ task: TaskID) {
    tasks[task].cpu = leastLoadedCPU()
    let parent = tasks[tasks[task].parent].pid
    let priority = Int16(scheduling[task].priority)
    log(tasks[task].cpu, .schedWakeupNew(tasks[task].pid, parent: parent, priority: priority))
    activate(task, .new)
  }

  private mutating func map(for spawn: Spawn) -> MemoryMapID {
    guard let shared = spawn.sharedMemory else { return memory.map(bytes: programs[spawn.program.index].data.size) }
    return memory.share(shared, bytes: programs.map(\.data.size).max() ?? 0)
  }
}
