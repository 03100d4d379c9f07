/// How much room a program has on its stack beside its arguments, in bytes.
///
/// - Simplified: Linux's stacks grow, up to `RLIMIT_STACK`.
package let stackRoom = 4 * pageSize

extension Kernel {
  /// execve(2): replaces the program of a task.
  ///
  /// - Parameters:
  ///   - address: the path of the file.
  ///   - arguments: the addresses of the arguments, and then 0; no arguments if it is 0 itself.
  ///   - environment: the same for the environment.
  /// - Returns: 0, which the new program finds in r0; the old one is gone.
  /// - Throws: what finding the path throws, `EACCES` for what may not be executed, `EFAULT`, `E2BIG`, `ENOEXEC`,
  ///   `ELOOP`; then the task goes on as it was.
  /// - Source: Linux, fs/exec.c, `do_execveat_common()` and `bprm_execve()`.
  /// - Simplified: files that are open for writing can be executed (no `ETXTBSY`), and executed ones can be written to.
  mutating func execute(
    _ task: TaskID, path address: Int, arguments: Int, environment: Int
  ) throws(Errno) -> CallAnswer {
    let path = try copyPath(task, at: address)
    var file = try openProgram(task, path)
    let request = ExecRequest(
      file: path, arguments: try copyStrings(task, at: arguments), environment: try copyStrings(task, at: environment))
    var image = try components.processes.execLoader.init(request)
    while case .script(let interpreter) = try image.read(head(of: file)) { file = try openProgram(task, interpreter) }
    guard let program = program(in: file) else { throw .ENOEXEC }
    enter(task, program, image)
    return .value(0)
  }

  /// Gives a task that is started from outside the stack that execve(2) would give it; none if the loader refuses.
  mutating func beginStack(_ task: TaskID, _ program: ProgramID) {
    let name = Array(tasks[task].name.utf8)
    let request = ExecRequest(file: name, arguments: [name], environment: [])
    if let image = try? components.processes.execLoader.init(request) { enter(task, program, image) }
  }

  /// Begins a program: nothing can fail any more.
  ///
  /// - Source: Linux, fs/exec.c, `begin_new_exec()`, and fs/binfmt_elf.c, `load_elf_binary()`.
  private mutating func enter(_ task: TaskID, _ program: ProgramID, _ image: any ExecLoader) {
    let own = tasks[task].credentials
    let ids = ExecIDs(
      uid: Int(own.user), euid: Int(own.effectiveUser), gid: Int(own.group), egid: Int(own.effectiveGroup))
    let stack = image.stack(below: Segment.frames.end, entry: 0, ids: ids)
    let new = image.reset(execTask(task), entry: 0, stack: stack.pointer)
    endOtherThreads(of: task)
    completeVfork(task)
    memory.release(tasks[task].memory)
    let used = (stack.bytes.count + pageSize - 1) & ~(pageSize - 1)
    tasks[task].memory = memory.map(bytes: programs[program.index].data.size, frames: used + stackRoom)
    _ = memory.maps[tasks[task].memory]?.write(stack.bytes[...], at: stack.pointer)
    tasks[task].engine = Engine(
      program, entry: new.counter, values: new.registers, stackPointer: new.stackPointer)
    tasks[task].name = printable(new.name)
    groups[tasks[task].group].hasExecuted = true
    resetSignals(of: task, new)
    keepDescriptors(task, new.descriptors.map(\.number))
  }

  /// Ends the other threads of a process that begins a program.
  ///
  /// - Source: Linux, fs/exec.c, `de_thread()`.
  /// - Simplified: the new program begins before they have ended, and if the leader was not the caller, the caller keeps
  ///   its own number.
  private mutating func endOtherThreads(of task: TaskID) {
    let group = tasks[task].group
    if groups[group].living > 1 { killThreads(of: group, besides: task) }
  }

  /// Applies what the loader has left of the signals of a task, in a table that no other task uses.
  ///
  /// - Source: Linux, fs/exec.c, `unshare_sighand()`.
  private mutating func resetSignals(of task: TaskID, _ new: ExecTask) {
    tasks[task].blocked = SignalSet(rawValue: new.blocked)
    tasks[task].pending = SignalSet(rawValue: new.pending)
    guard tasks[task].handlers != .none else { return }
    var handlers = SignalHandlers()
    for signal in Signal.allCases where new.actions.indices.contains(Int(signal.rawValue) - 1) {
      let action = new.actions[Int(signal.rawValue) - 1]
      handlers[signal] = SignalAction(
        handler: action.handler.address, flags: Int(truncatingIfNeeded: action.flags),
        mask: SignalSet(rawValue: action.mask))
    }
    signalHandlers.release(tasks[task].handlers)
    tasks[task].handlers = signalHandlers.insert(handlers)
  }

  /// What a task wants to happen at each signal, from signal 1 on.
  private func actions(of task: TaskID) -> [ExecTask.Action] {
    let handlers = tasks[task].handlers == .none ? SignalHandlers() : signalHandlers[tasks[task].handlers]
    return (1...maximumSignal).map { number in
      guard let action = Signal(rawValue: number).flatMap({ handlers?[$0] }) else { return ExecTask.Action(.standard) }
      return ExecTask.Action(
        ExecTask.Handler(address: action.handler), flags: UInt64(bitPattern: Int64(action.flags)),
        mask: action.mask.rawValue)
    }
  }

  /// A name with a question mark in place of each character that controls a terminal.
  private func printable(_ name: [UInt8]) -> String {
    let text = String(decoding: name, as: UTF8.self).unicodeScalars
    return text.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : String($0) }.joined()
  }

  /// The task as the loader sees it.
  private func execTask(_ task: TaskID) -> ExecTask {
    let row = tasks[task]
    let descriptors = files.descriptors(of: row.files).map {
      ExecTask.Descriptor($0, closesOnExec: files.closesOnExec($0, in: row.files) ?? false)
    }
    return ExecTask(
      name: Array(row.name.utf8), counter: row.engine.place, stackPointer: row.engine.stackPointer,
      registers: row.engine.values, actions: actions(of: task), blocked: row.blocked.rawValue,
      pending: row.pending.rawValue, descriptors: descriptors)
  }

  /// Closes all descriptors but these, in a table that no other task uses.
  ///
  /// - Source: Linux, fs/file.c, `unshare_files()` and `do_close_on_exec()`.
  private mutating func keepDescriptors(_ task: TaskID, _ kept: [Int]) {
    let open = files.descriptors(of: tasks[task].files)
    let doomed = open.filter { !kept.contains($0) }
    files.unshare(&tasks[task].files)
    for descriptor in doomed {
      do throws(Errno) {
        _ = try close(task, descriptor)
      } catch {
        preconditionFailure("a descriptor that is open can be closed")
      }
    }
  }

  /// The file that is to be executed.
  ///
  /// - Throws: what finding the path throws; `EACCES` if it is not a regular file, or no user may execute it.
  /// - Source: Linux, fs/exec.c, `do_open_execat()`.
  private func openProgram(_ task: TaskID, _ path: [UInt8]) throws(Errno) -> InodeID {
    let place = try find(task, path, from: PathFlag.AT_FDCWD.rawValue)
    guard case .inode(let inode) = place, tree[inode]?.kind == .regular else { throw .EACCES }
    try checkAccess(task, place, .X_OK)
    return inode
  }

  private func head(of file: InodeID) -> [UInt8] { Array(tree.bytes(of: file, from: 0, count: execHeadSize)) }

  /// Reads the strings that a list of addresses leads to.
  ///
  /// - Throws: `EFAULT`; `E2BIG` if one of them is longer than any loader takes, or all are.
  /// - Source: Linux, fs/exec.c, `count()` and `copy_strings()`.
  private func copyStrings(_ task: TaskID, at list: Int) throws(Errno) -> [[UInt8]] {
    if list == 0 { return [] }
    var strings: [[UInt8]] = []
    var size = 0
    while true {
      let address = try getUser(task, .word, at: list &+ 8 * strings.count)
      if address == 0 { return strings }
      guard let string = try copyString(task, at: address, limit: maximumArgumentLength) else { throw .E2BIG }
      strings.append(string)
      size += string.count + 1 + 8
      guard size <= ExecRequest.usualStackLimit else { throw .E2BIG }
    }
  }
}

// Programs as files.

extension Kernel {
  /// Makes `/bin/NAME`, which executes a program; replaces it if it exists.
  ///
  /// - Throws: `ENOSPC` if the tree is full, `EINVAL` for what is no name.
  public mutating func install(_ program: ProgramID, as name: String) throws(Errno) {
    guard !name.isEmpty, !name.contains("/") else { throw .EINVAL }
    try addFile("/bin/" + name, programMagic + (0..<4).map { Width.byte($0, of: program.index) }, mode: 0o755)
  }

  /// The program that a file is; nil if it is none, or one that is not loaded.
  private func program(in file: InodeID) -> ProgramID? {
    let head = tree.bytes(of: file, from: 0, count: programMagic.count + 4)
    guard head.count == programMagic.count + 4, head.starts(with: programMagic) else { return nil }
    let number = Width.int.number { head[head.startIndex + programMagic.count + $0] }
    return programs.indices.contains(number) ? ProgramID(number) : nil
  }
}

extension ExecTask.Handler {
  /// The handler at an address, or one of the two numbers in its place.
  fileprivate init(address: Int) {
    switch address {
    case SignalAction.byDefault: self = .standard
    case SignalAction.ignored: self = .ignored
    default: self = .function(address)
    }
  }

  /// The number that stands for it.
  fileprivate var address: Int {
    switch self {
    case .standard: SignalAction.byDefault
    case .ignored: SignalAction.ignored
    case .function(let address): address
    }
  }
}
