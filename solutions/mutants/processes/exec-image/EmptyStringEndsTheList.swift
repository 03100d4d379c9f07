// Misconception: the environment ends at its first empty string.
// Breaks: words in empty
// Killed by: words-in-order, strings-at-the-top, auxiliary-vector, script-chains, exact-limits, any-stack
import LabKernel

private struct Memory {
  var cells: [Int: UInt8] = [:]

  mutating func store(_ bytes: [UInt8], at address: Int) {
    for (offset, byte) in bytes.enumerated() { cells[address + offset] = byte }
  }

  mutating func store(word: Int, at address: Int) {
    store((0..<8).map { UInt8(UInt64(bitPattern: Int64(word)) >> UInt64($0 * 8) & 0xFF) }, at: address)
  }
}

struct ExecImage: ExecLoader {
  private let request: ExecRequest
  private let limit: Int
  private(set) var arguments: [[UInt8]]
  private var history: [[UInt8]]
  private var state = 0

  init(_ request: ExecRequest) throws(Errno) {
    var known = request
    known.environment = Array(request.environment.prefix { !$0.isEmpty })
    self.request = known
    history = [request.file]
    arguments = request.arguments
    if arguments == [] { arguments = [[]] }
    limit = max(131_072, min(request.stackLimit / 4, 6 * 1_048_576))
    for string in request.arguments + request.environment + [request.file] where string.count > 131_071 { throw .E2BIG }
    try measure()
  }

  private func measure() throws(Errno) {
    let count = max(request.arguments.count, 1) + request.environment.count
    var total = 8 * count
    for string in arguments + request.environment + history.prefix(1) { total += string.count + 1 }
    guard total <= limit else { throw .E2BIG }
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    state += 1
    guard state < 7 else { throw .ELOOP }
    if Array(head.prefix(programMagic.count)) == programMagic { return .program }
    guard Array(head.prefix(2)) == [35, 33] else { throw .ENOEXEC }
    let end = head[2...].firstIndex { $0 == 10 || $0 == 0 }
    let line = Array(head[2..<(end ?? min(head.count, 255))])
    func blank(_ byte: UInt8) -> Bool { return byte == 32 || byte == 9 }
    guard let start = line.firstIndex(where: { !blank($0) }) else { throw .ENOEXEC }
    let stop = line[start...].firstIndex(where: blank) ?? line.count
    if end == nil, head.count == 256, stop == line.count, !blank(head[255]) { throw .ENOEXEC }
    let path = Array(line[start..<stop])
    var added = [path]
    if let first = line[stop...].firstIndex(where: { !blank($0) }), let last = line.lastIndex(where: { !blank($0) }) {
      added.append(Array(line[first...last]))
    }
    added.append(history[history.count - 1])
    arguments = added + arguments[1...]
    history.append(path)
    try measure()
    return .script(interpreter: path)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    var memory = Memory()
    memory.store(word: 0, at: top - 8)
    var free = top - 8
    var places: [Int] = []
    for string in ([request.file] + request.environment.reversed() + arguments.reversed()) {
      free -= string.count + 1
      memory.store(string + [0], at: free)
      places.insert(free, at: 0)
    }
    let argv = Array(places[..<arguments.count])
    let envp = Array(places[arguments.count..<places.count - 1])
    let execfn = places[places.count - 1]
    let words =
      [argv.count] + argv + [0] + envp + [0] + [
        6, 4096, 9, entry, 11, ids.uid, 12, ids.euid, 13, ids.gid, 14, ids.egid, 31, execfn, 0, 0,
      ]
    var pointer = free - 8 * words.count
    while pointer % 16 != 0 { pointer -= 1 }
    for (index, word) in words.enumerated() { memory.store(word: word, at: pointer + 8 * index) }
    return ExecStack(pointer: pointer, bytes: (pointer..<top).map { memory.cells[$0] ?? 0 })
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    let parts = request.file.split(separator: 47, maxSplits: .max, omittingEmptySubsequences: false)
    let actions = task.actions.map { old -> ExecTask.Action in
      if case .ignored = old.handler { return ExecTask.Action(.ignored) }
      return ExecTask.Action(.standard)
    }
    return ExecTask(
      name: Array((parts.last ?? [])[...].prefix(15)), counter: entry, stackPointer: stack,
      registers: Array(repeating: 0, count: task.registers.count), actions: actions, blocked: task.blocked,
      pending: task.pending, descriptors: task.descriptors.filter { !$0.closesOnExec })
  }
}
