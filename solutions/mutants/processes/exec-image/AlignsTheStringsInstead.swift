// Misconception: the strings end at a multiple of 16, so the words under them end at one too if there is an even number.
// Breaks: alignment in edge
// Killed by: alignment, script-chains, exact-limits, any-stack
import LabKernel

struct ExecImage: ExecLoader {
  private let request: ExecRequest
  private(set) var arguments: [[UInt8]]
  private var script: [UInt8]
  private var files = 0
  private let room: Int

  init(_ request: ExecRequest) throws(Errno) {
    self.request = request
    script = request.file
    arguments = request.arguments + (request.arguments.isEmpty ? [[]] : [])
    let limit = min(6 << 20, request.stackLimit / 4)
    room = max(limit, 131_072) - 8 * (arguments.count + request.environment.count)
    for string in all where string.count > 131_071 { throw .E2BIG }
    try check()
  }

  private var all: [[UInt8]] { arguments + request.environment + [request.file] }

  private func check() throws(Errno) {
    guard all.map({ $0.count + 1 }).reduce(0, +) <= room else { throw .E2BIG }
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    guard files < 6 else { throw .ELOOP }
    files += 1
    if head.starts(with: programMagic) { return .program }
    guard head.starts(with: [35, 33]) else { throw .ENOEXEC }
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    var line = head.dropFirst(2).prefix { $0 != 0 && $0 != 10 }
    if line.count == 254 {
      guard line.drop(while: isBlank).contains(where: isBlank) else { throw .ENOEXEC }
      line.removeLast()
    }
    line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    let path = Array(line.prefix { !isBlank($0) })
    guard !path.isEmpty else { throw .ENOEXEC }
    let rest = Array(line.dropFirst(path.count).drop(while: isBlank))
    arguments = [path] + (rest.isEmpty ? [] : [rest]) + [script] + arguments.dropFirst()
    script = path
    try check()
    return .script(interpreter: path)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    let strings = all.flatMap { $0 + [0] } + Array(repeating: 0, count: 8)
    var places: [Int] = []
    for string in all { places.append((places.last ?? 0) + string.count + 1) }
    let place = top - strings.count
    let starts = ([0] + places).map { place + $0 }
    let argc = arguments.count
    let envc = request.environment.count
    var words = [argc] + starts[..<argc] + [0] + starts[argc..<argc + envc] + [0]
    for (kind, value) in [
      (6, 4096), (9, entry), (11, ids.uid), (12, ids.euid), (13, ids.gid), (14, ids.egid), (31, starts[argc + envc]),
      (0, 0),
    ] {
      words += [kind, value]
    }
    // The strings end at a multiple of 16, and so does an even number of words.
    let end = place & ~15
    let pointer = end - 8 * (words.count + words.count % 2)
    var bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    bytes += Array(repeating: 0, count: place - pointer - bytes.count)
    return ExecStack(pointer: pointer, bytes: bytes + strings)
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    var name = request.file
    if let slash = name.lastIndex(of: 47) { name.removeFirst(slash + 1) }
    return ExecTask(
      name: Array(name.prefix(15)), counter: entry, stackPointer: stack, registers: task.registers.map { _ in 0 },
      actions: task.actions.map { .init($0.handler == .ignored ? .ignored : .standard) }, blocked: task.blocked,
      pending: task.pending, descriptors: task.descriptors.filter { !$0.closesOnExec })
  }
}
