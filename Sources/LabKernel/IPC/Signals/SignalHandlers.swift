/// What a process wants to happen when a signal arrives.
///
/// - Source: Linux, include/linux/signal_types.h, `struct k_sigaction`.
public struct SignalAction: Sendable, Equatable {
  /// 0 for the default action, 1 to ignore the signal, otherwise the address of a handler.
  public var handler = SignalAction.byDefault
  /// The flags of sigaction(2).
  public var flags = 0
  /// The signals that are blocked while the handler runs.
  public var mask = SignalSet()

  /// `SIG_DFL`: what the signal does unless a process asks for something else.
  ///
  /// - Source: Linux, include/uapi/asm-generic/signal-defs.h.
  static let byDefault = 0
  /// `SIG_IGN`: nothing.
  static let ignored = 1

  /// Whether a handler of the process is to run.
  var isCaught: Bool { handler != SignalAction.byDefault && handler != SignalAction.ignored }
}

/// A table of signal handlers, a row in the kernel's table of them; `none` while all actions are the default ones.
package typealias SignalHandlersID = Handle<SignalHandlers>

/// What a process wants to happen at each signal: threads share it, and `fork` copies it.
///
/// - Source: Linux, include/linux/sched/signal.h, `struct sighand_struct`.
package struct SignalHandlers: Sendable, Equatable {
  private var actions: [SignalAction] = Array(repeating: SignalAction(), count: Int(maximumSignal))

  /// The action for a signal.
  subscript(_ signal: Signal) -> SignalAction {
    get { actions[Int(signal.rawValue) - 1] }
    set { actions[Int(signal.rawValue) - 1] = newValue }
  }

  /// Adds every action to `digest`.
  func digest(into digest: inout StateDigest) {
    for action in actions {
      digest.combine(action.handler)
      digest.combine(UInt64(truncatingIfNeeded: action.flags) << 32 ^ action.mask.rawValue)
    }
  }

  /// Resets every handler, as `execve` does: a signal that is ignored stays ignored.
  ///
  /// - Source: Linux, kernel/signal.c, `flush_signal_handlers()`.
  mutating func flush() {
    for index in actions.indices {
      let isIgnored = actions[index].handler == SignalAction.ignored
      actions[index] = SignalAction(handler: isIgnored ? SignalAction.ignored : SignalAction.byDefault)
    }
  }
}

/// The largest number of a signal.
let maximumSignal: UInt8 = 31

/// The flags of sigaction(2).
///
/// - Source: Linux, include/uapi/asm-generic/signal-defs.h.
public enum SignalFlag: Int, NamedNumber {
  /// Do not send SIGCHLD when a child stops or continues.
  case SA_NOCLDSTOP = 1
  /// Do not keep children that end as zombies.
  case SA_NOCLDWAIT = 2
  /// Make an interrupted system call again after the handler.
  case SA_RESTART = 0x1000_0000
  /// Do not block the signal while its handler runs.
  case SA_NODEFER = 0x4000_0000
  /// Reset the action to the default when the handler is called.
  case SA_RESETHAND = 0x8000_0000
}

/// The two numbers that stand in the place of a handler's address.
///
/// - Source: Linux, include/uapi/asm-generic/signal-defs.h.
public enum SignalDisposition: Int, NamedNumber {
  /// The default action.
  case SIG_DFL = 0
  /// Nothing.
  case SIG_IGN = 1
}

/// How sigprocmask(2) changes the blocked signals.
///
/// - Source: Linux, include/uapi/asm-generic/signal-defs.h.
public enum SignalMaskOperation: Int, NamedNumber {
  /// Block these in addition.
  case SIG_BLOCK = 0
  /// No longer block these.
  case SIG_UNBLOCK = 1
  /// Block exactly these.
  case SIG_SETMASK = 2
}
