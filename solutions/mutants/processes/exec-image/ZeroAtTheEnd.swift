// Misconception: of the 256 bytes of a head, the last is replaced by the zero that ends every string in C.
// Breaks: cut-path in first
// Killed by: long-lines, cut-lines, exact-limits
import LabKernel

struct ExecImage: ExecLoader {
  private let request: ExecRequest
  private(set) var arguments: [[UInt8]]
  private var name: [UInt8]
  private var depth = 0
  private let room: Int

  init(_ request: ExecRequest) throws(Errno) {
    self.request = request
    arguments = request.arguments.isEmpty ? [[]] : request.arguments
    name = request.file
    let pointers = arguments.count + request.environment.count
    room = max(131_072, min(6 << 20, request.stackLimit / 4)) - 8 * pointers
    for string in arguments + request.environment where string.count >= 131_072 { throw .E2BIG }
    if length > room { throw .E2BIG }
  }

  private var tail: [[UInt8]] { arguments + request.environment + [request.file] }
  private var length: Int { tail.reduce(0) { $0 + $1.count + 1 } }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    depth += 1
    if depth > 6 { throw .ELOOP }
    if head.prefix(4).elementsEqual(programMagic) { return .program }
    guard head.prefix(2).elementsEqual([35, 33]) else { throw .ENOEXEC }
    var buffer = head + Array(repeating: 0, count: 256 - head.count)
    if !buffer.contains(10) { buffer[255] = 0 }
    let line = buffer[2...].prefix { $0 != 0 && $0 != 10 }
    var words = line.split(maxSplits: 1) { $0 == 32 || $0 == 9 }
    guard !words.isEmpty else { throw .ENOEXEC }
    if words.count == 2 {
      while let last = words[1].last, last == 32 || last == 9 { words[1].removeLast() }
      words[1] = words[1].drop { $0 == 32 || $0 == 9 }
      if words[1].isEmpty { words.removeLast() }
    }
    arguments = words.map { Array($0) } + [name] + arguments.dropFirst()
    name = Array(words[0])
    if length > room { throw .E2BIG }
    return .script(interpreter: name)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    var address = top - 8 - length
    let free = address
    var words = [arguments.count]
    for list in [arguments, request.environment] {
      for string in list {
        words.append(address)
        address += string.count + 1
      }
      words.append(0)
    }
    words += [6, pageSize, 9, entry, 11, ids.uid, 12, ids.euid, 13, ids.gid, 14, ids.egid, 31, address, 0, 0]
    let pointer = (free - words.count * 8) & ~15
    var bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    while pointer + bytes.count < free { bytes.append(0) }
    bytes += tail.flatMap { $0 + [0] } + Array(repeating: 0, count: 8)
    return ExecStack(pointer: pointer, bytes: bytes)
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    var fresh = task
    let slash = request.file.lastIndex(of: 47) ?? -1
    fresh.name = Array(request.file[(slash + 1)...].prefix(15))
    (fresh.counter, fresh.stackPointer, fresh.alternateStack) = (entry, stack, nil)
    fresh.registers = fresh.registers.map { _ in 0 }
    fresh.actions = fresh.actions.map { .init($0.handler == .ignored ? .ignored : .standard) }
    fresh.descriptors = fresh.descriptors.filter { !$0.closesOnExec }
    return fresh
  }
}
