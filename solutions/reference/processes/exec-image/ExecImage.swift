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
    // lab:begin take the strings; work out how many bytes they may have, and refuse them if they are too long
    file = request.file
    arguments = request.arguments.isEmpty ? [[]] : request.arguments
    environment = request.environment
    next = file
    let quarter = min(request.stackLimit / 4, Self.mostBytes)
    room = max(quarter, Self.fewestBytes) - Self.wordSize * (arguments.count + environment.count)
    guard strings.allSatisfy({ $0.count < maximumArgumentLength }) else { throw .E2BIG }
    try checkRoom()
    // lab:end
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    // lab:begin tell programs from scripts and from the rest; let a script put its interpreter before the arguments
    guard reads <= Self.mostScripts else { throw .ELOOP }
    reads += 1
    if head.starts(with: programMagic) { return .program }
    let script = try ScriptLine(head)
    let first = [script.interpreter] + (script.argument.map { [$0] } ?? []) + [next]
    arguments.replaceSubrange(0..<1, with: first)
    next = script.interpreter
    try checkRoom()
    return .script(interpreter: script.interpreter)
    // lab:end
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    // lab:begin put the strings at the top of the stack, and the words that lead to them under the strings
    let start = top - Self.wordSize - stringBytes
    var words = [arguments.count]
    var place = start
    for list in [arguments, environment] {
      for string in list {
        words.append(place)
        place += string.count + 1
      }
      words.append(0)
    }
    let auxiliary: [(AuxiliaryKind, Int)] = [
      (.AT_PAGESZ, pageSize), (.AT_ENTRY, entry), (.AT_UID, ids.uid), (.AT_EUID, ids.euid), (.AT_GID, ids.gid),
      (.AT_EGID, ids.egid), (.AT_EXECFN, place), (.AT_NULL, 0),
    ]
    words += auxiliary.flatMap { [$0.0.rawValue, $0.1] }
    let pointer = (start - Self.wordSize * words.count) & ~(Self.alignment - 1)
    var bytes = words.flatMap(bytes(of:))
    bytes += Array(repeating: 0, count: start - pointer - bytes.count)
    for string in strings { bytes += string + [0] }
    return ExecStack(pointer: pointer, bytes: bytes + Array(repeating: 0, count: Self.wordSize))
    // lab:end
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    // lab:begin change what belongs to the old program, and nothing else
    var fresh = task
    let afterSlash = file.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    fresh.name = Array(file[afterSlash...].prefix(maximumTaskName))
    (fresh.counter, fresh.stackPointer) = (entry, stack)
    for index in fresh.registers.indices { fresh.registers[index] = 0 }
    for index in fresh.actions.indices {
      let isIgnored = fresh.actions[index].handler == .ignored
      fresh.actions[index] = ExecTask.Action(isIgnored ? .ignored : .standard)
    }
    fresh.alternateStack = nil
    fresh.descriptors.removeAll { $0.closesOnExec }
    return fresh
    // lab:end
  }

  // lab:begin declare: Helpers of your own: all strings and how long they are, and words as bytes
  /// All strings, in the order of their addresses.
  private var strings: [[UInt8]] { arguments + environment + [file] }

  /// How many bytes they have, with their zero bytes.
  private var stringBytes: Int { strings.reduce(0) { $0 + $1.count + 1 } }

  private func checkRoom() throws(Errno) {
    if stringBytes > room { throw .E2BIG }
  }

  private func bytes(of word: Int) -> [UInt8] {
    (0..<Self.wordSize).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }

  /// How many scripts may be read before a program.
  private static let mostScripts = 5
  /// What strings and pointers may always have, in bytes, however small the stack.
  private static let fewestBytes = 131_072
  /// What they may have at most, in bytes, however large the stack: three quarters of 8 MiB.
  private static let mostBytes = 6 << 20
  private static let wordSize = 8
  private static let alignment = 16
  // lab:end
}

// lab:begin declare: And perhaps a type for the first line of a script, taken apart
/// The first line of a script, taken apart.
///
/// - Source: Linux, fs/binfmt_script.c, `load_script()`.
private struct ScriptLine {
  let interpreter: [UInt8]
  /// What follows the interpreter; nil if nothing does.
  let argument: [UInt8]?

  init(_ head: [UInt8]) throws(Errno) {
    guard head.starts(with: Array("#!".utf8)) else { throw .ENOEXEC }
    let rest = try Self.line(head).drop(while: Self.isBlank)
    let path = rest.prefix { !Self.isBlank($0) }
    guard !path.isEmpty else { throw .ENOEXEC }
    var tail = rest[path.endIndex...].drop(while: Self.isBlank)
    while let last = tail.last, Self.isBlank(last) { tail.removeLast() }
    interpreter = Array(path)
    argument = tail.isEmpty ? nil : Array(tail)
  }

  /// What is between `#!` and the end of the line.
  private static func line(_ head: [UInt8]) throws(Errno) -> ArraySlice<UInt8> {
    let rest = head.dropFirst(2)
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == 0 }) { return rest[..<end] }
    guard head.count == execHeadSize else { return rest }
    // The line has been cut. The path is whole if a blank follows it; an argument may lack its end.
    guard rest.drop(while: isBlank).contains(where: isBlank) else { throw .ENOEXEC }
    return rest.dropLast()
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
// lab:end
