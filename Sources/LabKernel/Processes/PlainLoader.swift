/// The simplest loader: programs only, and strings on the stack without any limit but its size.
///
/// It knows no scripts: a file that begins with `#!` is refused, as everything is that is no program. A program finds
/// its arguments and its environment, but the auxiliary vector is empty, and the strings are not where Linux puts them.
///
/// ```
/// pointer  argc | argv[0] … | 0 | envp[0] … | 0 | AT_NULL | strings | zero bytes  top
/// ```
/// - Source: xv6, kernel/exec.c, `exec()`, which knows no scripts either.
public struct PlainLoader: ExecLoader {
  private let request: ExecRequest
  /// Those of the caller.
  public var arguments: [[UInt8]] { request.arguments }

  /// Takes the strings if they fit into the stack.
  ///
  /// - Complexity: O(number of strings).
  public init(_ request: ExecRequest) throws(Errno) {
    self.request = request
    guard size <= request.stackLimit else { throw .E2BIG }
  }

  /// Accepts programs, and nothing else.
  public mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    guard head.starts(with: programMagic) else { throw .ENOEXEC }
    return .program
  }

  /// Writes the words, each with the address where its string will be, and then the strings.
  ///
  /// - Complexity: O(bytes).
  public func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    let pointer = top - size
    var next = pointer + words * 8
    var bytes = word(request.arguments.count)
    for strings in [request.arguments, request.environment] {
      for string in strings {
        bytes += word(next)
        next += string.count + 1
      }
      bytes += word(0)
    }
    bytes += word(AuxiliaryKind.AT_NULL.rawValue) + word(0)
    for string in request.arguments + request.environment { bytes += string + [0] }
    return ExecStack(pointer: pointer, bytes: bytes + Array(repeating: 0, count: size - bytes.count))
  }

  /// Keeps what a new program has no reason to lose.
  public func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    let ownName = request.file.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? []
    return ExecTask(
      name: Array(ownName.prefix(maximumTaskName)), counter: entry, stackPointer: stack,
      registers: task.registers.map { _ in 0 },
      actions: task.actions.map { ExecTask.Action($0.handler == .ignored ? .ignored : .standard) },
      blocked: task.blocked, pending: task.pending, descriptors: task.descriptors.filter { !$0.closesOnExec })
  }

  /// How many words there are: the number of arguments, two lists that end with zero, and one entry of two words.
  private var words: Int { 1 + request.arguments.count + 1 + request.environment.count + 1 + 2 }

  /// How many bytes everything takes: a multiple of what the stack pointer must be a multiple of.
  private var size: Int {
    let strings = (request.arguments + request.environment).reduce(0) { $0 + $1.count + 1 }
    return (words * 8 + strings + 15) & ~15
  }

  private func word(_ value: Int) -> [UInt8] { (0..<8).map { Width.byte($0, of: value) } }
}
