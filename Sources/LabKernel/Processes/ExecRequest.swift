/// What a call of execve(2) asks for; all strings are without the zero bytes at their ends.
///
/// - Source: Linux, fs/exec.c, `do_execveat_common()`.
public struct ExecRequest: Codable, Sendable, Equatable {
  /// The path of the file, as the caller wrote it.
  public var file: [UInt8]
  /// The arguments, of which the first is by custom the name of the program: `argv`.
  public var arguments: [[UInt8]]
  /// The environment, by custom of the form `NAME=value`: `envp`.
  public var environment: [[UInt8]]
  /// The maximum size of the caller's stack, in bytes, at least 1: `RLIMIT_STACK`.
  public var stackLimit: Int

  /// A call, by a task whose stack may have 8 MiB unless it says otherwise.
  public init(
    file: [UInt8], arguments: [[UInt8]], environment: [[UInt8]], stackLimit: Int = ExecRequest.usualStackLimit
  ) {
    self.file = file
    self.arguments = arguments
    self.environment = environment
    self.stackLimit = stackLimit
  }

  /// The size that stacks may have unless a task asks for another, in bytes.
  ///
  /// - Source: Linux, include/uapi/linux/resource.h, `_STK_LIM`.
  public static let usualStackLimit = 8 << 20
}

/// For whom a task acts.
///
/// - Source: Linux, include/linux/cred.h, `struct cred`.
public struct ExecIDs: Codable, Sendable, Equatable {
  /// The real user.
  public var uid: Int
  /// The effective user, whose rights the task has.
  public var euid: Int
  /// The real group.
  public var gid: Int
  /// The effective group.
  public var egid: Int

  /// Users and groups; root unless said otherwise.
  public init(uid: Int = 0, euid: Int = 0, gid: Int = 0, egid: Int = 0) {
    self.uid = uid
    self.euid = euid
    self.gid = gid
    self.egid = egid
  }
}

/// The kinds of entries in the auxiliary vector: what the kernel tells a program in addition to its strings.
///
/// - Source: Linux, include/uapi/linux/auxvec.h.
public enum AuxiliaryKind: Int, NamedNumber {
  /// The end of the vector.
  case AT_NULL = 0
  /// The size of a page, in bytes.
  case AT_PAGESZ = 6
  /// The address of the first instruction.
  case AT_ENTRY = 9
  /// The real user.
  case AT_UID = 11
  /// The effective user.
  case AT_EUID = 12
  /// The real group.
  case AT_GID = 13
  /// The effective group.
  case AT_EGID = 14
  /// The address of the path that execve(2) was called with.
  case AT_EXECFN = 31
}

/// The part of a new stack that is in use.
///
/// - Source: Linux, fs/binfmt_elf.c, `create_elf_tables()`.
public struct ExecStack: Codable, Sendable, Equatable {
  /// The address of its first byte, where the number of arguments is.
  public var pointer: Int
  /// All bytes from there to the top of the stack.
  public var bytes: [UInt8]

  /// A stack that is in use from `pointer` on.
  public init(pointer: Int, bytes: [UInt8]) {
    self.pointer = pointer
    self.bytes = bytes
  }
}
