/// What execve(2) makes of a file and its strings: which program to start, what is on its stack, and what is left of
/// the task as it was.
///
/// ```swift
/// var image = try PlainLoader(ExecRequest(file: path, arguments: ["ls", "-l"], environment: []))
/// var file = try open(path)
/// while case .script(let interpreter) = try image.read(head(of: file)) { file = try open(interpreter) }
/// let stack = image.stack(below: top, entry: entry, ids: ids)          // from here on, nothing can fail
/// task = image.reset(task, entry: entry, stack: stack.pointer)
/// ```
/// The loader is mechanism without files and tasks: the kernel opens what the loader names, and applies what it
/// answers. The calls come in the order of the example; after a call that throws there are no more.
///
/// - Source: Linux, fs/exec.c, `do_execveat_common()`, `exec_binprm()` and `begin_new_exec()`, with
///   include/linux/binfmts.h, `struct linux_binprm`; execve(2).
/// - Simplified: a file is a program or a script; there are no other binary formats, and no dynamic linker.
public protocol ExecLoader: Sendable {
  /// Takes the strings of a call.
  ///
  /// - Throws: `E2BIG` if a string is too long, or all of them together are.
  /// - Source: Linux, fs/exec.c, `bprm_stack_limits()` and `copy_strings()`.
  init(_ request: ExecRequest) throws(Errno)

  /// The arguments, as they are so far: those of the caller, or what scripts have made of them.
  ///
  /// - Source: Linux, include/linux/mm_types.h, `arg_start` of `struct mm_struct`, where `/proc/PID/cmdline` reads them.
  var arguments: [[UInt8]] { get }

  /// Says what a file is: the one that the caller named, and then the interpreter of each script before it.
  ///
  /// - Parameter head: its first ``execHeadSize`` bytes, or all of them if it has fewer.
  /// - Returns: a script with its interpreter, which then stands in front of the arguments; or a program.
  /// - Throws: `ENOEXEC` for a file that is neither, `ELOOP` after too many scripts, `E2BIG` if the strings have become
  ///   too long.
  /// - Source: Linux, fs/exec.c, `search_binary_handler()`; fs/binfmt_script.c, `load_script()`.
  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat

  /// Returns the stack that the program finds: its strings, and under them the words that lead to them.
  ///
  /// - Parameters:
  ///   - top: the first address above the stack, a multiple of the page size.
  ///   - entry: the address of the first instruction, for the auxiliary vector.
  ///   - ids: the users and groups of the task, for the auxiliary vector.
  /// - Source: Linux, fs/binfmt_elf.c, `create_elf_tables()`.
  /// - Simplified: no platform string, no random bytes, and only eight entries in the auxiliary vector.
  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack

  /// Returns what is left of a task when it begins the new program.
  ///
  /// - Parameters:
  ///   - task: the task that called execve(2), as it was.
  ///   - entry: the address of the first instruction.
  ///   - stack: the stack pointer to begin with.
  /// - Source: Linux, fs/exec.c, `begin_new_exec()`; kernel/signal.c, `flush_signal_handlers()`; fs/file.c,
  ///   `do_close_on_exec()`.
  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask
}

/// What a file is, as far as its first bytes tell.
///
/// - Source: Linux, include/linux/binfmts.h, `struct linux_binfmt`.
public enum ExecFormat: Codable, Sendable, Equatable {
  /// A program of this machine, which begins with ``programMagic``.
  case program
  /// A script, which begins with `#!`, and the path of the file that must be read next.
  case script(interpreter: [UInt8])
}

/// The first bytes of every program: those of an ELF file.
///
/// - Source: Linux, include/uapi/linux/elf.h, `ELFMAG`.
/// - Simplified: no more of the header is looked at.
public let programMagic: [UInt8] = [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]

/// How many bytes of a file decide what it is.
///
/// - Source: Linux, include/uapi/linux/binfmts.h, `BINPRM_BUF_SIZE`.
public let execHeadSize = 256

/// The length of the longest string that execve(2) takes, in bytes, with the zero byte at its end: 32 pages.
///
/// - Source: Linux, include/uapi/linux/binfmts.h, `MAX_ARG_STRLEN`.
public let maximumArgumentLength = 32 * pageSize
