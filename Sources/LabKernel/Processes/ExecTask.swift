/// The parts of a task that execve(2) could change.
///
/// - Source: Linux, include/linux/sched.h, `struct task_struct`.
/// - Simplified: Linux also resets timers, the exit signal and the dumpable flag, and gives up what threads share.
public struct ExecTask: Codable, Sendable, Equatable {
  /// What `ps` calls it, at most ``maximumTaskName`` bytes: Linux's `comm`.
  public var name: [UInt8]
  /// The address of the next instruction.
  public var counter: Int
  /// Where its stack begins.
  public var stackPointer: Int
  /// What it computes with.
  public var registers: [Int]
  /// What each signal does, from signal 1 on.
  public var actions: [Action]
  /// The signals that wait until they are unblocked, bit 0 for signal 1.
  public var blocked: UInt64
  /// The signals that have been sent and not yet been handled, bit 0 for signal 1.
  public var pending: UInt64
  /// Where handlers run that ask for it; nil for the ordinary stack.
  public var alternateStack: AlternateStack?
  /// Its open descriptors, in order.
  public var descriptors: [Descriptor]

  /// A task.
  public init(
    name: [UInt8], counter: Int, stackPointer: Int, registers: [Int], actions: [Action], blocked: UInt64 = 0,
    pending: UInt64 = 0, alternateStack: AlternateStack? = nil, descriptors: [Descriptor]
  ) {
    self.name = name
    self.counter = counter
    self.stackPointer = stackPointer
    self.registers = registers
    self.actions = actions
    self.blocked = blocked
    self.pending = pending
    self.alternateStack = alternateStack
    self.descriptors = descriptors
  }

  /// What a signal does: Linux's `struct k_sigaction`.
  public struct Action: Codable, Sendable, Equatable {
    /// What is done.
    public var handler: Handler
    /// `SA_RESTART` and the like.
    public var flags: UInt64
    /// The signals that are blocked while the handler runs, bit 0 for signal 1.
    public var mask: UInt64

    /// An action; with no flags and no mask unless said otherwise.
    public init(_ handler: Handler, flags: UInt64 = 0, mask: UInt64 = 0) {
      self.handler = handler
      self.flags = flags
      self.mask = mask
    }
  }

  /// What is done when a signal arrives.
  public enum Handler: Codable, Sendable, Equatable {
    /// What the kernel does unless it is told otherwise: `SIG_DFL`.
    case standard
    /// Nothing: `SIG_IGN`.
    case ignored
    /// The program's function at this address is called.
    case function(Int)
  }

  /// A stack of its own for handlers: sigaltstack(2).
  public struct AlternateStack: Codable, Sendable, Equatable {
    /// The first address.
    public var start: Int
    /// The number of bytes.
    public var size: Int

    /// A stack of `size` bytes.
    public init(start: Int, size: Int) {
      self.start = start
      self.size = size
    }
  }

  /// An open descriptor.
  public struct Descriptor: Codable, Sendable, Equatable {
    /// The number by which the task knows it.
    public var number: Int
    /// Whether execve(2) closes it: `FD_CLOEXEC`.
    public var closesOnExec: Bool

    /// A descriptor that is open.
    public init(_ number: Int, closesOnExec: Bool = false) {
      self.number = number
      self.closesOnExec = closesOnExec
    }
  }
}

/// The length of the longest name of a task, in bytes, without a zero byte.
///
/// - Source: Linux, include/linux/sched.h, `TASK_COMM_LEN`, which counts the zero byte.
public let maximumTaskName = 15
