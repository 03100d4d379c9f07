/// A function of the kernel that runs as a task of its own: it is scheduled like any other task, and has no program and
/// no user memory.
///
/// ```swift
/// let flusher = KernelThread("flusher") { kernel, task, calls in
///   kernel.shouldStop(task) ? .exit(0) : .sleep(until: kernel.now + .milliseconds(5))
/// }
/// let task = try kernel.runThread(flusher)      // kthread_run()
/// kernel.stopThread(task)                       // kthread_stop(): it is woken, and finds that it should stop
/// ```
/// The function is called whenever the thread has the CPU and has done what it said before; it is told how often it has
/// been called before. What else it keeps between two calls it keeps in the kernel's tables.
///
/// - Source: Linux, kernel/kthread.c, and include/linux/kthread.h.
public struct KernelThread: Sendable {
  /// What a kernel thread does next.
  public enum Step: Sendable, Equatable {
    /// It uses the CPU for so long.
    case work(Duration)
    /// It sleeps, uninterruptibly, until it is woken or the instant is there.
    case sleep(until: Instant?)
    /// It ends with this code.
    case exit(UInt8)
  }

  /// Its name.
  public let name: String
  /// What it does next.
  let body: @Sendable (inout Kernel, TaskID, Int) -> Step

  /// A kernel thread with this name.
  public init(_ name: String, _ body: @escaping @Sendable (inout Kernel, TaskID, Int) -> Step) {
    self.name = name
    self.body = body
  }

  /// A thread that works for a while, sleeps until its next period begins, and so on, until it should stop.
  ///
  /// - Parameter period: from the beginning of one piece of work to that of the next; more than zero.
  public static func periodic(_ name: String, work: Duration, period: Duration) -> KernelThread {
    precondition(period > .zero, "a period lasts some time")
    return KernelThread(name) { kernel, task, calls in
      if kernel.shouldStop(task) { return .exit(0) }
      if calls.isMultiple(of: 2) { return .work(work) }
      let periods = kernel.now.nanoseconds / period.nanoseconds + 1
      return .sleep(until: Instant(nanoseconds: periods * period.nanoseconds))
    }
  }
}

/// A kernel thread, named by its row in the kernel's list of them.
package typealias KernelThreadID = Handle<KernelThread>

extension Kernel {
  /// kthread_create(): makes a kernel thread that does not run before it is woken.
  ///
  /// The first call makes `kthreadd`, the parent of all kernel threads.
  /// - Throws: `EAGAIN` without room for another task, `ENOMEM` without room for a kernel stack.
  /// - Source: Linux, kernel/kthread.c, `kthread_create_on_node()` and `kthreadd()`.
  public mutating func createThread(_ thread: KernelThread) throws(Errno) -> TaskID {
    if kthreadd == .idle {
      kthreadd = try insertThread(KernelThread("kthreadd") { _, _, _ in .sleep(until: nil) }, .initial)
      setAction(of: kthreadd, for: .SIGCHLD, SignalAction(handler: SignalAction.ignored))
    }
    return try insertThread(thread, kthreadd)
  }

  /// kthread_run(): makes a kernel thread, and wakes it.
  ///
  /// - Throws: what ``createThread(_:)`` throws.
  /// - Source: Linux, include/linux/kthread.h, `kthread_run()`.
  public mutating func runThread(_ thread: KernelThread) throws(Errno) -> TaskID {
    let task = try createThread(thread)
    events.post(.threadStart(task), at: now)
    return task
  }

  /// kthread_stop(): asks a kernel thread to end, and wakes it if it sleeps; one that has never run ends at once.
  ///
  /// - Source: Linux, kernel/kthread.c, `kthread_stop()`.
  /// - Simplified: the caller does not wait for the end.
  public mutating func stopThread(_ task: TaskID) {
    tasks[task].shouldStop = true
    events.post(.timer(task, sleep: tasks[task].sleep.number), at: now)
  }

  /// kthread_should_stop(): whether a kernel thread has been asked to end.
  ///
  /// - Source: Linux, kernel/kthread.c, `kthread_should_stop()`.
  public func shouldStop(_ task: TaskID) -> Bool { tasks[task].shouldStop }

  private mutating func insertThread(_ thread: KernelThread, _ parent: TaskID) throws(Errno) -> TaskID {
    let (identity, stack) = try allocateIdentity(in: PIDTable.outermost)
    kernelThreads.append(thread)
    let entity = SchedulingEntity(fullTimeSlice: configuration.timeSlice(of: .normal))
    let task = insertTask(
      identity, TaskName(thread.name), engine: Engine(KernelThreadID(kernelThreads.count - 1)), parent: parent,
      entity: entity)
    tasks[task].stack = stack
    tasks[task].state = .uninterruptible
    tasks[task].exitSignal = .SIGCHLD
    makeProcess(task)
    groups[tasks[task].group].isUnkillable = true
    adopt(task, by: parent)
    return task
  }

  /// Lets a kernel thread that has the CPU, and has done its work, say what it does next.
  mutating func step(thread task: TaskID, _ row: KernelThreadID) {
    let calls = tasks[task].callProgress
    tasks[task].callProgress += 1
    switch kernelThreads[row.index].body(&self, task, calls) {
    case .work(let time): tasks[task].engine.work(time)
    case .sleep(let end): sleep(task, on: .none, until: end, as: .uninterruptible)
    case .exit(let code): exitGroup(task, .exited(code))
    }
  }
}
