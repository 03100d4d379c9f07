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
/// Never used twice.
/// - Simplified: Linux's pids wrap around at `pid_max`.
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
  /// It has ended; its parent has yet to ask how.
  case zombie(ExitStatus)
  /// It is gone: the row is free.
  case dead

  /// The letter that `ps` prints: R, S, Z or X.
  public var letter: Character {
    switch self {
    case .runnable, .running: "R"
    case .interruptible: "S"
    case .zombie: "Z"
    case .dead: "X"
    }
  }
}

/// How a task ended.
///
/// - Source: wait(2); Linux, kernel/exit.c, `do_exit(code)`.
public enum ExitStatus: Sendable, Equatable, Hashable, Codable {
  /// It called exit with this code, 0 … 255.
  case exited(UInt8)
  /// This signal ended it.
  case signaled(Signal)

  /// The word that wait(2) returns: the code in bits 8 to 15, or the signal in bits 0 to 6.
  public var waitStatus: Int {
    switch self {
    case .exited(let code): Int(code) << 8
    case .signaled(let signal): Int(signal.rawValue)
    }
  }
}

/// The signals that the kernel itself raises, and the one that clone(2) names.
///
/// - Source: Linux, include/uapi/asm-generic/signal.h.
public enum Signal: UInt8, Codable, NamedNumber {
  /// An invalid instruction.
  case SIGILL = 4
  /// An invalid address.
  case SIGSEGV = 11
  /// A write to a pipe without readers.
  case SIGPIPE = 13
  /// The end of a child, which a task ignores unless it asks otherwise.
  case SIGCHLD = 17
  /// Too many instructions or calls without any time passing.
  case SIGXCPU = 24
}

/// Everything that the kernel knows about one task: Linux's `task_struct`.
///
/// A row of plain numbers: a copy of the table is a copy of every task. How the task is scheduled is in the
/// ``EntityTable``. It has the name that Linux gives it; code that imports this module writes `_Concurrency.Task` for
/// the task of Swift's concurrency library.
/// - Source: Linux, include/linux/sched.h, `struct task_struct`.
public struct Task: Sendable {
  /// Its own row.
  public internal(set) var id: TaskID
  /// What user space calls it.
  public internal(set) var pid: PID
  /// The task that is told when it ends.
  public internal(set) var parent: TaskID
  /// The first of its children, or `idle` for none.
  var firstChild: TaskID = .idle
  /// The last of its children, or `idle` for none.
  var lastChild: TaskID = .idle
  /// The next child of the same parent, or `idle` for none.
  var nextSibling: TaskID = .idle
  /// What it is doing.
  public internal(set) var state: TaskState = .runnable
  /// What ended the last sleep of the system call that it is in; nil if that has not slept.
  var wakeReason: WakeReason?
  /// Whether it has begun a system call that has not ended: the call slept and will be tried again.
  var inSystemCall = false
  /// The CPU on whose run queue it is, or was last.
  public internal(set) var cpu: CPUID
  /// Its open files, a row in the file tables.
  var files: FilesID = .none
  /// Its data segment, a row in the table of memory maps.
  var memory: MemoryMapID = .none
  /// Where it sleeps until one of its children ends; made when it first sleeps there.
  var childExit = WaitQueueID.none
  /// What executes it.
  package var engine: Engine
  /// Where it sleeps, if it does, and which sleep that is.
  var sleep = Sleep()
  /// How many bytes the system call that it is in has moved so far.
  var callProgress: Int = 0
  /// When it did what.
  public internal(set) var accounting: Accounting
  /// The first frame of its kernel stack.
  var stack: FrameNumber?
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
