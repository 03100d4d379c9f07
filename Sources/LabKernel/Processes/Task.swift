/// A task, named by its row in the task table.
///
/// Rows are used again; see ``PID`` for the name that lasts.
/// - Source: Linux passes `struct task_struct *` around.
public typealias TaskID = Handle<Task>

extension Handle where Row == Task {
  /// What runs when nothing else does: process 0, the same row for every CPU.
  @inlinable public static var idle: TaskID { TaskID(0) }
  /// The ancestor of all tasks, process 1, which adopts orphans and reaps them at once.
  @inlinable public static var initial: TaskID { TaskID(1) }
}

/// A process id: what user space calls a task.
///
/// A number is used again after its task has been reaped, if the component in the slot for pids does so.
/// - Source: Linux, include/linux/types.h, `pid_t`.
public typealias PID = Int32

/// What a task is doing.
///
/// - Source: Linux, include/linux/sched.h, `TASK_RUNNING` and its kin.
/// - Simplified: Linux calls both a running task and one that waits for a CPU `TASK_RUNNING`.
public enum TaskState: Sendable, Equatable {
  /// It is ready, and waits on a run queue for a CPU.
  case runnable
  /// It runs on this CPU.
  case running(CPUID)
  /// It sleeps until something happens, its time is up, or a signal comes.
  case interruptible
  /// It sleeps until something happens or its time is up; a signal waits until then, and so does `kill -9`.
  case uninterruptible
  /// It sleeps like an uninterruptible task, but a signal that ends it wakes it: Linux's `TASK_KILLABLE`.
  case killable
  /// A signal has stopped it; another one lets it continue.
  case stopped
  /// It has ended; its parent has yet to ask how.
  case zombie(ExitStatus)
  /// It is gone: the row is free.
  case dead

  /// The letter that `ps` prints: R, S, D, T, Z or X.
  ///
  /// - Source: Linux, fs/proc/array.c, `task_state_array`.
  public var letter: Character {
    switch self {
    case .runnable, .running: "R"
    case .interruptible: "S"
    case .uninterruptible, .killable: "D"
    case .stopped: "T"
    case .zombie: "Z"
    case .dead: "X"
    }
  }

  /// Whether it sleeps until something happens.
  public var isAsleep: Bool {
    switch self {
    case .interruptible, .uninterruptible, .killable: true
    case .runnable, .running, .stopped, .zombie, .dead: false
    }
  }
}

/// Everything that the kernel knows about one task: Linux's `task_struct`.
///
/// A row of plain numbers: a copy of the table is a copy of every task. What the threads of a process share is in their
/// ``ThreadGroup``; how the task is scheduled is in the ``EntityTable``. It has the name that Linux gives it; code that
/// imports this module writes `_Concurrency.Task` for the task of Swift's concurrency library.
/// - Source: Linux, include/linux/sched.h, `struct task_struct`.
public struct Task: Sendable {
  // What it is called.
  /// Its own row.
  public internal(set) var id: TaskID
  /// Its number in the outermost namespace, by which traces and figures call it.
  public internal(set) var pid: PID
  /// Its numbers in all namespaces: Linux's `thread_pid`.
  var identity: PIDHandle
  /// The namespace in which its children begin: Linux's `pid_ns_for_children`.
  var childNamespace = PIDTable.outermost
  /// The process whose thread it is, a row in the table of thread groups.
  var group = ThreadGroupID.none
  /// The name that `ps` shows.
  var comm: TaskName

  // Its family.
  /// The task that is told when it ends.
  public internal(set) var parent: TaskID
  /// The first of its children, or `idle` for none.
  var firstChild: TaskID = .idle
  /// The last of its children, or `idle` for none.
  var lastChild: TaskID = .idle
  /// The next child of the same parent, or `idle` for none.
  var nextSibling: TaskID = .idle
  /// The previous child of the same parent, or `idle` for none.
  var previousSibling: TaskID = .idle
  /// The next thread of its process, or `idle` after the last.
  var nextThread: TaskID = .idle
  /// The child that it waits for after vfork(2), or `idle` for none.
  var vforkChild: TaskID = .idle
  /// The task that waits until this one executes a program or ends, or `idle` for none.
  var vforkParent: TaskID = .idle

  // What it is doing.
  /// The CPU on whose run queue it is, or was last.
  public internal(set) var cpu: CPUID
  /// What it is doing.
  public internal(set) var state: TaskState = .runnable
  /// What it has to see to before it returns to its program.
  var work = TaskWork()
  /// What ended the last sleep of the system call that it is in; nil if that has not slept.
  var wakeReason: WakeReason?
  /// Whether it has begun a system call that has not ended: the call slept and will be tried again.
  var inSystemCall = false
  /// Whether it is a kernel thread that has been asked to end.
  var shouldStop = false
  /// The signal that its end sends to the parent; nil for none, and for every thread but the first.
  var exitSignal: Signal?
  /// The signal that the end of its parent sends to it; nil for none.
  var parentDeathSignal: Signal?
  /// Where it sleeps, if it does, and which sleep that is.
  var sleep = Sleep()
  /// How many bytes the system call that it is in has moved so far.
  var callProgress: Int = 0
  /// When the time of the system call that it is in is up; nil if that may sleep forever.
  var deadline: Instant?

  // What it has.
  /// The first frame of its kernel stack.
  var stack: FrameNumber?
  /// Its open files, a row in the file tables.
  var files: FilesID = .none
  /// Its working directory and umask.
  var fs: FSID = .none
  /// Its data segment, a row in the table of memory maps.
  var memory: MemoryMapID = .none
  /// What it wants to happen at each signal.
  var handlers: SignalHandlersID = .none
  /// What it may do.
  public internal(set) var credentials = Credentials()
  /// What executes it.
  package var engine: Engine
  /// The signals that were sent to this thread and are not handled yet.
  var pending = SignalSet()
  /// The signals that it does not want now.
  var blocked = SignalSet()
  /// Where the kernel stores 0 when it ends; 0 if it does not: Linux's `clear_child_tid`.
  var clearChildTID = 0
  /// When it did what.
  public internal(set) var accounting: Accounting

  // Where every schedule is explored.
  /// Which task it is by birth, in whatever order tasks were born; 0 where schedules are not explored.
  package var lineage: UInt32 = 0
  /// How many children it has had.
  package internal(set) var births: UInt32 = 0

  /// The name that `ps` shows: Linux's `comm`.
  public internal(set) var name: String {
    get { comm.text }
    set { comm = TaskName(newValue) }
  }
}

/// What a task has to see to before it returns to its program, one bit each.
///
/// - Source: Linux, include/linux/sched.h and arch/riscv/include/asm/thread_info.h: `TIF_SIGPENDING`, `PF_EXITING`,
///   `JOBCTL_STOP_PENDING`.
struct TaskWork: OptionSet, Sendable {
  let rawValue: UInt8
  /// A signal may be pending.
  static let signal = TaskWork(rawValue: 1)
  /// Its process has been stopped, and it has yet to stop.
  static let stop = TaskWork(rawValue: 2)
  /// A signal has interrupted its system call, which will be made again, or fails.
  static let interrupted = TaskWork(rawValue: 4)
  /// It is ending, and waits for something before it can.
  static let exiting = TaskWork(rawValue: 8)
}

/// Where a task's time went.
///
/// - Source: Linux, include/uapi/linux/taskstats.h; the definitions of response and turnaround are
///   those of the textbooks.
public struct Accounting: Codable, Sendable, Equatable {
  /// When it was created.
  public internal(set) var created: Instant
  /// When it first had a CPU.
  public internal(set) var firstRan: Instant?
  /// When it ended.
  public internal(set) var ended: Instant?
  /// How long it had a CPU.
  public internal(set) var run: Duration = .zero
  /// How long it was runnable without a CPU.
  public internal(set) var wait: Duration = .zero
  /// Since when it has been waiting for a CPU, if it is waiting.
  var runnableSince: Instant
  /// How often it was given a CPU.
  public internal(set) var switches: Int32 = 0

  /// The accounts of a task that is created now.
  init(created: Instant) {
    self.created = created
    runnableSince = created
  }

  /// The time from creation to the first time on a CPU.
  public var response: Duration? { firstRan.map { $0 - created } }
  /// The time from creation to end.
  public var turnaround: Duration? { ended.map { $0 - created } }
}
