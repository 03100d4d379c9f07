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

  /// Starts an announced task as a child of init; if there is no room for it, it never begins.
  mutating func begin(_ spawn: Spawn) {
    guard tasks.living < maximumTasks, let stack = allocateStack() else { return }
    var entity = SchedulingEntity(
      policy: spawn.policy, realtimePriority: spawn.realtimePriority,
      fullTimeSlice: configuration.timeSlice(of: spawn.policy))
    entity.textbook.totalRun = programs[spawn.program.index].totalCompute
    let task = insertTask(name: spawn.name, engine: Engine(spawn.program), parent: .initial, entity: entity)
    tasks[task].stack = stack
    tasks[task].memory = map(for: spawn)
    wakeUpNew(task)
  }

  /// clone(2) as fork(2) calls it: makes a copy of the caller, including its program counter and registers, that finds
  /// 0 as the result.
  ///
  /// - Parameter flags: the signal for the parent at the child's end: `SIGCHLD`, or 0 for none.
  /// - Returns: the child's pid.
  /// - Throws: `EAGAIN` at ``maximumTasks``, `ENOMEM` if there is no room for a kernel stack, `EINVAL` for other flags.
  /// - Source: Linux, kernel/fork.c, `copy_process()`.
  /// - Simplified: memory is copied at once, not on write.
  mutating func clone(_ parent: TaskID, flags: Int) throws(Errno) -> PID {
    guard flags == 0 || flags == Signal.SIGCHLD.rawValue else { throw .EINVAL }
    guard tasks.living < maximumTasks else { throw .EAGAIN }
    guard let stack = allocateStack() else { throw .ENOMEM }
    let original = tasks[parent]
    let child = insertTask(
      name: name(of: original.pid), engine: original.engine, parent: parent, entity: scheduling[parent].forked())
    tasks[child].engine.setResult(0)
    tasks[child].stack = stack
    tasks[child].memory = memory.copy(original.memory)
    tasks[child].files = files.copy(original.files)
    adopt(child, by: parent)
    wakeUpNew(child)
    return tasks[child].pid
  }

  /// Puts a new row into the table; the task is on no run queue yet.
  mutating func insertTask(
    name: String, engine: Engine, parent: TaskID, entity: SchedulingEntity
  ) -> TaskID {
    let pid = pids.add(name)
    let accounting = Accounting(created: now)
    let task = tasks.insert { id in
      Task(id: id, pid: pid, parent: parent, cpu: 0, engine: engine, accounting: accounting)
    }
    scheduling.entities.insert(entity, pid: pid, at: task)
    return task
  }

  /// Makes a new task runnable on the CPU with the fewest runnable tasks.
  ///
  /// - Source: Linux, kernel/sched/core.c, `wake_up_new_task()`.
  private mutating func wakeUpNew(_ task: TaskID) {
    tasks[task].cpu = leastLoadedCPU()
    let parent = tasks[tasks[task].parent].pid
    let priority = Int16(scheduling[task].priority)
    log(tasks[task].cpu, .schedWakeupNew(tasks[task].pid, parent: parent, priority: priority))
    activate(task, .new)
  }

  /// Puts `child` behind the other children of `parent`, so that wait finds the oldest first.
  private mutating func adopt(_ child: TaskID, by parent: TaskID) {
    let youngest = tasks[parent].lastChild
    if youngest == .idle { tasks[parent].firstChild = child } else { tasks[youngest].nextSibling = child }
    tasks[parent].lastChild = child
  }

  private mutating func allocateStack() -> FrameNumber? { memory.pageAllocator.allocate(order: kernelStackOrder) }

  private mutating func map(for spawn: Spawn) -> MemoryMapID {
    guard let shared = spawn.sharedMemory else { return memory.map(bytes: programs[spawn.program.index].data.size) }
    return memory.share(shared, bytes: programs.map(\.data.size).max() ?? 0)
  }
}
