// Design: objects: a class that scans a line byte by byte as a state machine, and a class that is a stack.
import LabKernel

private final class Scanner {
  enum State { case before, path, between, argument, over }
  var state = State.before
  var path: [UInt8] = []
  var argument: [UInt8] = []
  /// Blanks that belong to the argument if more of it follows.
  var held: [UInt8] = []
  var sawBlank = false

  func take(_ byte: UInt8) {
    let isBlank = byte == 32 || byte == 9
    if byte == 10 || byte == 0 {
      state = .over
      return
    }
    switch (state, isBlank) {
    case (.before, true), (.between, true), (.over, _): break
    case (.before, false), (.path, false):
      state = .path
      path.append(byte)
    case (.path, true):
      state = .between
      sawBlank = true
    case (.argument, true): held.append(byte)
    case (.between, false), (.argument, false):
      state = .argument
      argument += held + [byte]
      held = []
    }
  }
}

private final class Paper {
  var address: Int
  var bytes: [UInt8] = []
  init(_ address: Int) { self.address = address }
  func word(_ value: Int) { withUnsafeBytes(of: Int64(value).littleEndian) { bytes += $0 } }
}

struct ExecImage: ExecLoader {
  private let file: [UInt8], environment: [[UInt8]], room: Int
  private(set) var arguments: [[UInt8]]
  private var script: [UInt8]
  private var left = 6

  init(_ request: ExecRequest) throws(Errno) {
    (file, script, environment, arguments) = (request.file, request.file, request.environment, request.arguments)
    if arguments.isEmpty { arguments.append([]) }
    let quarter = request.stackLimit / 4
    room =
      (quarter > 6_291_456 ? 6_291_456 : quarter < 131_072 ? 131_072 : quarter)
      - (arguments.count + environment.count) * 8
    var longest = file.count
    for string in arguments { longest = max(longest, string.count) }
    for string in environment { longest = max(longest, string.count) }
    if longest > 131_071 || size > room { throw .E2BIG }
  }

  private var size: Int {
    var size = file.count + 1
    for string in arguments { size += string.count + 1 }
    for string in environment { size += string.count + 1 }
    return size
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    if left == 0 { throw .ELOOP }
    left -= 1
    guard head.count >= 2 else { throw .ENOEXEC }
    if head.prefix(4) == programMagic[...] { return .program }
    guard head[0] == 35, head[1] == 33 else { throw .ENOEXEC }
    let scanner = Scanner()
    for index in 2..<head.count {
      // The last byte only says whether the path is over.
      if index == 255, scanner.state != .over {
        if head[255] == 32 || head[255] == 9 { scanner.sawBlank = true }
        if head[255] == 10 || head[255] == 0 { scanner.state = .over }
        if !scanner.sawBlank && scanner.state != .over { throw .ENOEXEC }
        break
      }
      scanner.take(head[index])
    }
    if scanner.path.isEmpty { throw .ENOEXEC }
    arguments.removeFirst()
    arguments.insert(script, at: 0)
    if !scanner.argument.isEmpty { arguments.insert(scanner.argument, at: 0) }
    arguments.insert(scanner.path, at: 0)
    script = scanner.path
    if size > room { throw .E2BIG }
    return .script(interpreter: script)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    let strings = top - 8 - size
    let paper = Paper((strings - (arguments.count + environment.count + 19) * 8) & -16)
    var address = strings
    paper.word(arguments.count)
    for list in [arguments, environment] {
      for string in list {
        paper.word(address)
        address += string.count + 1
      }
      paper.word(0)
    }
    for number in [6, 4096, 9, entry, 11, ids.uid, 12, ids.euid, 13, ids.gid, 14, ids.egid, 31, address, 0, 0] {
      paper.word(number)
    }
    while paper.address + paper.bytes.count < strings { paper.bytes.append(0) }
    for string in arguments + environment + [file] {
      paper.bytes.append(contentsOf: string)
      paper.bytes.append(0)
    }
    for _ in 0..<8 { paper.bytes.append(0) }
    return ExecStack(pointer: paper.address, bytes: paper.bytes)
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    var after = task
    after.name = []
    for byte in file {
      if byte == 47 { after.name = [] } else { after.name.append(byte) }
    }
    if after.name.count > 15 { after.name.removeSubrange(15...) }
    after.counter = entry
    after.stackPointer = stack
    for index in 0..<after.registers.count { after.registers[index] = 0 }
    for index in 0..<after.actions.count {
      switch after.actions[index].handler {
      case .ignored: after.actions[index] = .init(.ignored)
      case .standard, .function: after.actions[index] = .init(.standard)
      }
    }
    after.alternateStack = .none
    for index in (0..<after.descriptors.count).reversed() where after.descriptors[index].closesOnExec {
      after.descriptors.remove(at: index)
    }
    return after
  }
}
