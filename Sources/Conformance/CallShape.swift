import LabKernel

/// What of a system call is compared: its result, and what it leaves in memory.
///
/// Each call of the kernel has a row in ``all``; a test compares the two lists.
public struct CallShape: Sendable {
  /// What a number stands for.
  public enum Kind: Sendable, Equatable {
    /// Itself.
    case number
    /// A task, a process group or a session.
    case pid
    /// Something that is not the same twice, such as a time.
    case ignored
  }

  /// A number in what a call leaves in memory.
  public struct Field: Sendable, Equatable {
    /// Where it begins.
    public let offset: Int
    /// How many bytes it has.
    public let width: Width
    /// What it stands for.
    public let kind: Kind
  }

  /// Memory that a call reads or fills, if it succeeds and the address is not 0.
  public struct Output: Sendable, Equatable {
    /// The word that is its address.
    public let word: Int
    /// How many bytes it has; 0 for as many as the result says.
    public let size: Int
    /// The numbers in it that are compared; without any, all bytes are.
    public let fields: [Field]

    /// As many bytes as the result says.
    static func bytes(_ word: Int) -> Output { Output(word: word, size: 0, fields: []) }
    /// One number of four bytes.
    static func int(_ word: Int, _ kind: Kind = .number) -> Output {
      Output(word: word, size: 4, fields: [Field(offset: 0, width: .int, kind: kind)])
    }
    /// Exactly `size` bytes, all of which are compared.
    static func exactly(_ size: Int, _ word: Int) -> Output { Output(word: word, size: size, fields: []) }
  }

  /// The call's name.
  public let name: String
  /// What the result stands for.
  public let result: Kind
  /// What it leaves in memory.
  public let outputs: [Output]
  /// Whether the host may forbid it to a process without privileges.
  public let isPrivileged: Bool

  private init(_ name: String, _ result: Kind = .number, _ outputs: Output..., isPrivileged: Bool = false) {
    self.name = name
    self.result = result
    self.outputs = outputs
    self.isPrivileged = isPrivileged
  }

  /// The shape of the call with a number; nil if there is no such call.
  static func numbered(_ number: SystemCallNumber) -> CallShape? { byNumber[number] }

  private static let byNumber: [SystemCallNumber: CallShape] = Dictionary(
    uniqueKeysWithValues: all.compactMap { shape in SystemCall.named(shape.name).map { ($0.number, shape) } })

  /// `struct siginfo` as waitid(2) fills it: signal, error, code, pid and status, but not the user.
  private static let signalInfo = Output(
    word: 2, size: 28,
    fields: [
      Field(offset: 0, width: .int, kind: .number), Field(offset: 4, width: .int, kind: .number),
      Field(offset: 8, width: .int, kind: .number), Field(offset: 16, width: .int, kind: .pid),
      Field(offset: 24, width: .int, kind: .number),
    ])

  /// All calls that scripts make, by subsystem.
  public static let all = [
    CallShape("clone", .pid, isPrivileged: true),
    CallShape("unshare", isPrivileged: true),
    CallShape("exit"),
    CallShape("exit_group"),
    CallShape("getpid", .pid),
    CallShape("getppid", .pid),
    CallShape("gettid", .pid),
    CallShape("wait4", .pid, .int(1)),
    CallShape("waitid", .number, signalInfo),
    CallShape("setpgid"),
    CallShape("getpgid", .pid),
    CallShape("setsid", .pid),
    CallShape("getsid", .pid),
    CallShape("kill"),
    CallShape("tkill"),
    CallShape("tgkill"),
    CallShape("prctl"),
    CallShape("rt_sigaction", .number, .exactly(24, 2)),
    CallShape("rt_sigprocmask", .number, .exactly(8, 2)),
    CallShape("rt_sigpending", .number, .exactly(8, 0)),
    CallShape("set_tid_address", .pid),
    CallShape("getuid", .ignored),
    CallShape("geteuid", .ignored),
    CallShape("getgid", .ignored),
    CallShape("getegid", .ignored),
    CallShape("setuid"),
    CallShape("setgid"),
    CallShape("getrusage"),
    CallShape("times", .ignored),
    CallShape("getpriority"),
    CallShape("setpriority", isPrivileged: true),
    CallShape("execve"),
    CallShape("nanosleep"),
    CallShape("sched_yield"),
    CallShape("sched_setscheduler", isPrivileged: true),
    CallShape("sched_getscheduler"),
    CallShape("sched_setparam", isPrivileged: true),
    CallShape("sched_getparam", .number, .int(1)),
    CallShape("sched_get_priority_max"),
    CallShape("sched_get_priority_min"),
    CallShape("read", .number, .bytes(1)),
    CallShape("write", .number, .bytes(1)),
    CallShape("close"),
    CallShape("fcntl"),
    CallShape("pipe2", .number, .exactly(8, 0)),
    CallShape("dup"),
    CallShape("dup3"),
    CallShape("lseek"),
    CallShape("openat"),
    CallShape("umask"),
    CallShape("faccessat"),
    CallShape("fstat"),
    CallShape("fsync"),
    CallShape("ftruncate"),
    CallShape("getcwd"),
    CallShape("getdents64"),
    CallShape("mkdirat"),
    CallShape("newfstatat"),
    CallShape("unlinkat"),
    CallShape("chdir"),
    CallShape("futex"),
  ]
}
