/// The options of wait4(2) and waitid(2).
///
/// - Source: Linux, include/uapi/linux/wait.h.
public enum WaitOption: Int, NamedNumber {
  /// Do not sleep.
  case WNOHANG = 1
  /// Report children that have stopped.
  case WSTOPPED = 2
  /// Report children that have ended.
  case WEXITED = 4
  /// Report children that have been continued.
  case WCONTINUED = 8
  /// Leave the child as it is, so that it can be waited for again.
  case WNOWAIT = 0x0100_0000
  /// Wait only for children of the calling thread.
  case __WNOTHREAD = 0x2000_0000
  /// Wait for all children, whatever signal their end sends.
  case __WALL = 0x4000_0000
  /// Wait only for children whose end sends another signal than SIGCHLD.
  case __WCLONE = 0x8000_0000
}

/// The name that wait4(2) has for `WSTOPPED`.
///
/// - Source: Linux, include/uapi/linux/wait.h.
public enum WaitOptionAlias: Int, NamedNumber {
  /// Report children that have stopped.
  case WUNTRACED = 2
}

/// What the second word of waitid(2) names.
///
/// - Source: Linux, include/uapi/linux/wait.h.
public enum WaitIDType: Int, NamedNumber {
  /// Nothing: any child.
  case P_ALL = 0
  /// A process.
  case P_PID = 1
  /// A process group.
  case P_PGID = 2
}

/// Which children a task waits for, and for what.
///
/// - Source: Linux, kernel/exit.h, `struct wait_opts`.
struct WaitRequest: Sendable {
  /// Which children.
  enum Selector: Sendable, Equatable {
    /// Any child.
    case any
    /// The child with this number, as the caller sees it.
    case pid(Int)
    /// The children in this process group.
    case group(PIDHandle)
    /// A number that no group has.
    case none
  }

  /// Which children.
  let selector: Selector
  /// What about them, and how.
  private let options: Int

  /// A request for these children.
  init(_ selector: Selector, options: Int) {
    self.selector = selector
    self.options = options
  }

  /// Whether an option is set.
  func has(_ option: WaitOption) -> Bool { options & option.rawValue != 0 }

  /// Whether a child is eligible by the signal that its end sends.
  ///
  /// - Source: Linux, kernel/exit.c, `eligible_child()`.
  func wants(_ exitSignal: Signal?) -> Bool { has(.__WALL) || (exitSignal != .SIGCHLD) == has(.__WCLONE) }
}

/// What wait found out about a child.
///
/// - Source: Linux, kernel/exit.c, `struct waitid_info`.
struct WaitReport: Sendable, Equatable {
  /// The child, as the caller sees it.
  var pid: Int
  /// The user on whose behalf it acted.
  var user: Int32
  /// What happened to it.
  var event: ChildEvent
  /// The code with which it ended, or the number of the signal.
  var detail: Int
  /// How long it had a CPU.
  var run: Duration

  /// The word that wait4(2) stores.
  ///
  /// - Source: wait(2), `WIFEXITED` and its kin.
  var status: Int {
    switch event {
    case .CLD_EXITED: detail << 8
    case .CLD_KILLED: detail
    case .CLD_STOPPED: detail << 8 | 0x7F
    case .CLD_CONTINUED: 0xFFFF
    }
  }
}
