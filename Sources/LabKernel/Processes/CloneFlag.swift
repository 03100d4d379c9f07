/// The flags of clone(2): what the new task shares with its parent instead of getting a copy.
///
/// - Source: Linux, include/uapi/linux/sched.h.
public enum CloneFlag: Int, NamedNumber {
  /// Memory.
  case CLONE_VM = 0x100
  /// Working directory and umask.
  case CLONE_FS = 0x200
  /// Descriptors.
  case CLONE_FILES = 0x400
  /// What happens at each signal.
  case CLONE_SIGHAND = 0x800
  /// The parent sleeps until the child executes a program or ends.
  case CLONE_VFORK = 0x4000
  /// The new task is a child of the caller's parent.
  case CLONE_PARENT = 0x8000
  /// The new task is a thread of the caller's process.
  case CLONE_THREAD = 0x1_0000
  /// System V semaphore adjustments; this kernel has none.
  case CLONE_SYSVSEM = 0x4_0000
  /// The register for thread-local storage; this machine has none.
  case CLONE_SETTLS = 0x8_0000
  /// Store the pid of the new task in the parent's memory.
  case CLONE_PARENT_SETTID = 0x10_0000
  /// Store 0 in the new task's memory when it ends.
  case CLONE_CHILD_CLEARTID = 0x20_0000
  /// Store the pid of the new task in its own memory.
  case CLONE_CHILD_SETTID = 0x100_0000
  /// The new task is the first of a pid namespace.
  case CLONE_NEWPID = 0x2000_0000
}

/// What clone(2) is asked for, taken apart.
///
/// ```swift
/// let request = CloneRequest(flags: CLONE_VM | CLONE_VFORK | SIGCHLD, …)
/// request.has(.CLONE_VM)            // true
/// request.exitSignal                // SIGCHLD
/// ```
/// - Source: Linux, include/linux/sched/task.h, `struct kernel_clone_args`.
struct CloneRequest: Sendable {
  private let flags: Int
  /// The signal for the parent at the new task's end; nil for none.
  let exitSignal: Signal?
  /// Where the parent finds the new task's pid, for `CLONE_PARENT_SETTID`.
  let parentTID: Int
  /// Where the new task finds its pid, for `CLONE_CHILD_SETTID` and `CLONE_CHILD_CLEARTID`.
  let childTID: Int

  /// The request in the words of a system call.
  ///
  /// - Throws: `EINVAL` for flags that contradict each other, and for those that this kernel does not have.
  /// - Source: Linux, kernel/fork.c, the checks at the start of `copy_process()`.
  /// - Simplified: the address of a new stack is not used, because each task has a stack of its own.
  init(flags: Int, parentTID: Int, childTID: Int) throws(Errno) {
    let known = CloneFlag.allCases.reduce(0xFF) { $0 | $1.rawValue }
    guard flags & ~known == 0 else { throw .EINVAL }
    let signal = Signal(rawValue: UInt8(flags & 0xFF))
    guard signal != nil || flags & 0xFF == 0 else { throw .EINVAL }
    self.flags = flags
    self.parentTID = parentTID
    self.childTID = childTID
    exitSignal = flags & CloneFlag.CLONE_THREAD.rawValue != 0 ? nil : signal
    if has(.CLONE_THREAD), !has(.CLONE_SIGHAND) || has(.CLONE_NEWPID) { throw .EINVAL }
    if has(.CLONE_SIGHAND), !has(.CLONE_VM) { throw .EINVAL }
  }

  /// Whether a flag is set.
  func has(_ flag: CloneFlag) -> Bool { flags & flag.rawValue != 0 }
}
