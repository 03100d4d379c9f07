// Design: a script's line as text: lines and words are split from strings of characters that stand for bytes.
import LabKernel

struct ExecImage: ExecLoader {
  private let request: ExecRequest
  /// What was put before the caller's arguments by each script, the last script first.
  private var prefix: [[UInt8]] = []
  private var paths: [[UInt8]]
  private var calls = 0

  init(_ request: ExecRequest) throws(Errno) {
    self.request = request
    paths = [request.file]
    let all = request.arguments + request.environment + [request.file]
    if all.contains(where: { $0.count >= maximumArgumentLength }) || used > room { throw .E2BIG }
  }

  var arguments: [[UInt8]] {
    if prefix.isEmpty { return request.arguments.isEmpty ? [[]] : request.arguments }
    return prefix + request.arguments.dropFirst()
  }

  private var room: Int {
    let limit = Swift.max(128 << 10, Swift.min(request.stackLimit / 4, 6144 << 10))
    return limit - 8 * (Swift.max(1, request.arguments.count) + request.environment.count)
  }

  private var used: Int {
    (arguments + request.environment + [request.file]).map { $0.count + 1 }.reduce(0, +)
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    calls += 1
    if calls == 7 { throw .ELOOP }
    let text = String(String.UnicodeScalarView(head.map { UnicodeScalar($0) }))
    if text.unicodeScalars.starts(with: "\u{7F}ELF".unicodeScalars) { return .program }
    guard text.unicodeScalars.starts(with: "#!".unicodeScalars) else { throw .ENOEXEC }
    let scalars = text.unicodeScalars.dropFirst(2)
    var line = scalars.prefix { $0 != "\n" && $0 != "\0" }
    let isCut = line.count == 254
    if isCut { line = line.dropLast() }
    let words = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }
    guard let path = words.first else { throw .ENOEXEC }
    if isCut, path.endIndex == line.endIndex, !(scalars.last == " " || scalars.last == "\t") { throw .ENOEXEC }
    func bytes(_ part: some Sequence<UnicodeScalar>) -> [UInt8] { part.map { UInt8($0.value) } }
    var added = [bytes(path)]
    if words.count == 2 {
      let rest = words[1].drop { $0 == " " || $0 == "\t" }
      let backwards = rest.reversed().drop { $0 == " " || $0 == "\t" }
      if !backwards.isEmpty { added.append(bytes(backwards.reversed())) }
    }
    added.append(paths.last ?? [])
    prefix = added + prefix.dropFirst()
    paths.append(added[0])
    if used > room { throw .E2BIG }
    return .script(interpreter: added[0])
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    // Backwards from the top, as a list of bytes that is reversed at the end.
    var down = [UInt8](repeating: 0, count: 8)
    func push(_ string: [UInt8]) -> Int {
      down.append(0)
      down += string.reversed()
      return top - down.count
    }
    func push(word: Int) {
      var shift = 56
      while shift >= 0 {
        down.append(UInt8(truncatingIfNeeded: word >> shift))
        shift -= 8
      }
    }
    let file = push(request.file)
    let environment = request.environment.reversed().map { push($0) }
    let strings = arguments.reversed().map { push($0) }
    let words = environment.count + strings.count + 3 + 16
    while (top - down.count - 8 * words) % 16 != 0 { down.append(0) }
    let vector = [
      (AuxiliaryKind.AT_PAGESZ, 4096), (.AT_ENTRY, entry), (.AT_UID, ids.uid), (.AT_EUID, ids.euid), (.AT_GID, ids.gid),
      (.AT_EGID, ids.egid), (.AT_EXECFN, file), (.AT_NULL, 0),
    ]
    for (kind, value) in vector.reversed() {
      push(word: value)
      push(word: kind.rawValue)
    }
    push(word: 0)
    environment.forEach(push(word:))
    push(word: 0)
    strings.forEach(push(word:))
    push(word: strings.count)
    return ExecStack(pointer: top - down.count, bytes: down.reversed())
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    ExecTask(
      name: Array(request.file.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed().prefix(15)), counter: entry,
      stackPointer: stack, registers: task.registers.map { $0 & 0 },
      actions: task.actions.map { .init($0.handler == .ignored ? .ignored : .standard) }, blocked: task.blocked,
      pending: task.pending, alternateStack: nil, descriptors: task.descriptors.filter { $0.closesOnExec == false })
  }
}
