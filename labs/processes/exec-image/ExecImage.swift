import LabKernel

/// The image of a new program while it is being made: its strings, and the files that have been read for it.
///
/// Example: `/bin/hello` is a script with the line `#!/bin/sh -e`, and was called with two arguments.
///
/// ```
///                  file to read next   arguments
/// init             /bin/hello          hello world
/// read: a script   /bin/sh             /bin/sh -e /bin/hello world
/// read: a program  none                the same
/// ```
/// Invariants. There is at least one argument. All strings together, each with its zero byte, fit into `room`.
///
/// - Source: Linux, fs/exec.c, `do_execveat_common()`; fs/binfmt_script.c, `load_script()`; fs/binfmt_elf.c,
///   `create_elf_tables()`.
/// - Simplified: the strings become bytes at the end; Linux copies them to the stack at once, and a script's
///   interpreter below them.
struct ExecImage: ExecLoader {
  /// The path that execve(2) was called with.
  private let file: [UInt8]
  private(set) var arguments: [[UInt8]]
  private let environment: [[UInt8]]
  /// The number of bytes that all strings may have, with their zero bytes.
  private let room: Int
  /// The path of the file that is read next.
  private var next: [UInt8]
  /// The number of files that have been read.
  private var reads = 0

  init(_ request: ExecRequest) throws(Errno) {
    todo("take the strings; work out how many bytes they may have, and refuse them if they are too long")
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    todo("tell programs from scripts and from the rest; let a script put its interpreter before the arguments")
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    todo("put the strings at the top of the stack, and the words that lead to them under the strings")
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    todo("change what belongs to the old program, and nothing else")
  }

  // Helpers of your own: all strings and how long they are, and words as bytes
}

// And perhaps a type for the first line of a script, taken apart
