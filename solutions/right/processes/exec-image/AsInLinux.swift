// Design: as in Linux: the strings are copied downwards at once, as bytes, and a script takes the first away again.
import LabKernel

struct ExecImage: ExecLoader {
  /// The strings with their zero bytes, backwards: the byte with the highest address first.
  private var pushed: [UInt8] = []
  private var argc = 0
  private let envc: Int
  private let most: Int
  private let filename: [UInt8]
  private var interp: [UInt8]
  private var depth = 0

  init(_ request: ExecRequest) throws(Errno) {
    filename = request.file
    interp = request.file
    envc = request.environment.count
    var limit = 6 * 1024 * 1024
    if request.stackLimit / 4 < limit { limit = request.stackLimit / 4 }
    if limit < 131072 { limit = 131072 }
    let pointers = (max(request.arguments.count, 1) + envc) * 8
    if limit <= pointers { throw .E2BIG }
    most = limit - pointers
    try push(request.file)
    for string in request.environment.reversed() { try push(string) }
    for string in request.arguments.reversed() {
      try push(string)
      argc += 1
    }
    if argc == 0 {
      try push([])
      argc = 1
    }
  }

  private mutating func push(_ string: [UInt8]) throws(Errno) {
    if string.count + 1 > 131072 { throw .E2BIG }
    if pushed.count + string.count + 1 > most { throw .E2BIG }
    pushed.append(0)
    for byte in string.reversed() { pushed.append(byte) }
  }

  var arguments: [[UInt8]] {
    var all: [[UInt8]] = []
    var index = pushed.count - 1
    while all.count < argc {
      var string: [UInt8] = []
      while pushed[index] != 0 {
        string.append(pushed[index])
        index -= 1
      }
      index -= 1
      all.append(string)
    }
    return all
  }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    if depth > 5 { throw .ELOOP }
    depth += 1
    let buffer = head + [UInt8](repeating: 0, count: 256 - head.count)
    if buffer[0] == 0x7F && buffer[1] == 0x45 && buffer[2] == 0x4C && buffer[3] == 0x46 { return .program }
    if buffer[0] != 0x23 || buffer[1] != 0x21 { throw .ENOEXEC }
    func blank(_ index: Int) -> Bool { buffer[index] == 0x20 || buffer[index] == 0x09 }
    var end = 2
    while end < 256 && buffer[end] != 0x0A && buffer[end] != 0 { end += 1 }
    if end == 256 {
      var index = 2
      while index < 256 && blank(index) { index += 1 }
      while index < 256 && !blank(index) { index += 1 }
      if index == 256 { throw .ENOEXEC }
      end = 255
    }
    while end > 2 && blank(end - 1) { end -= 1 }
    var name = 2
    while name < end && blank(name) { name += 1 }
    if name == end { throw .ENOEXEC }
    var separator = name
    while separator < end && !blank(separator) { separator += 1 }
    var argument = separator
    while argument < end && blank(argument) { argument += 1 }
    // remove_arg_zero()
    while let last = pushed.popLast(), last != 0 {}
    argc -= 1
    try push(interp)
    argc += 1
    if argument < end {
      try push(Array(buffer[argument..<end]))
      argc += 1
    }
    try push(Array(buffer[name..<separator]))
    argc += 1
    interp = Array(buffer[name..<separator])
    return .script(interpreter: interp)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    let p = top - 8 - pushed.count
    let items = 1 + argc + 1 + envc + 1 + 16
    let sp = (p - 8 * items) / 16 * 16
    var memory = [UInt8](repeating: 0, count: top - sp)
    for (index, byte) in pushed.reversed().enumerated() { memory[p - sp + index] = byte }
    var next = 0
    func put(_ value: Int) {
      for shift in 0..<8 { memory[next + shift] = UInt8((value >> (8 * shift)) & 255) }
      next += 8
    }
    put(argc)
    var string = p
    for count in [argc, envc] {
      for _ in 0..<count {
        put(string)
        while memory[string - sp] != 0 { string += 1 }
        string += 1
      }
      put(0)
    }
    for (kind, value) in [
      (6, 4096), (9, entry), (11, ids.uid), (12, ids.euid), (13, ids.gid), (14, ids.egid), (31, string), (0, 0),
    ] {
      put(kind)
      put(value)
    }
    return ExecStack(pointer: sp, bytes: memory)
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    var base = filename[...]
    if let slash = base.lastIndex(of: 0x2F) { base = base[(slash + 1)...] }
    var me = task
    me.name = Array(base.prefix(15))
    me.counter = entry
    me.stackPointer = stack
    me.registers = [Int](repeating: 0, count: task.registers.count)
    for signal in 0..<me.actions.count {
      if me.actions[signal].handler != .ignored { me.actions[signal].handler = .standard }
      me.actions[signal].flags = 0
      me.actions[signal].mask = 0
    }
    me.alternateStack = nil
    me.descriptors = []
    for descriptor in task.descriptors where !descriptor.closesOnExec { me.descriptors.append(descriptor) }
    return me
  }
}
