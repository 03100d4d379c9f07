// What `/proc` shows: texts that are written when a file is opened.
//
// Numbers are those of the caller's pid namespace.
// - Simplified: in Linux they are those of the namespace for which `/proc` was mounted.

extension Kernel {
  /// The process, by its number in the outermost namespace, that a name in `/proc` stands for.
  func processForProc(_ name: String, seenBy viewer: TaskID) -> PID? {
    if name == "self" { return tasks[groups[tasks[viewer].group].leader].pid }
    return Int(name).flatMap { pids.task($0, in: namespace(of: viewer)) }.map { tasks[$0].pid }
  }

  /// The task that has a number in the outermost namespace, until it is reaped.
  func taskForProc(_ pid: PID) -> TaskID? { pids.task(Int(pid), in: PIDTable.outermost) }

  /// Whether `/proc` has a directory for a pid.
  func isShown(_ pid: PID) -> Bool { taskForProc(pid) != nil }

  /// The names in `/proc`: `self`, and each process by its number.
  func processEntries(seenBy viewer: TaskID) -> [DirectoryEntry] {
    let numbers = processes.map { number(of: $0, seenBy: viewer) }.filter { $0 != 0 }.sorted()
    return (["self"] + numbers.map { String($0) }).map {
      DirectoryEntry(name: Array($0.utf8), inode: .none, kind: .directory)
    }
  }

  /// The names in the directory of a process.
  func entries(of pid: PID) -> [DirectoryEntry] {
    ProcessFile.allCases.map { DirectoryEntry(name: Array($0.rawValue.utf8), inode: .none, kind: .regular) }
  }

  /// What a file of a process says now; nothing if the process is gone.
  func text(of file: ProcessFile, _ pid: PID, seenBy viewer: TaskID) -> String {
    guard let task = taskForProc(pid) else { return "" }
    switch file {
    case .comm: return tasks[task].name + "\n"
    case .stat: return statText(task, viewer)
    case .status: return statusText(task, viewer)
    }
  }

  /// The 52 fields of `/proc/PID/stat`; those that the model does not know are 0.
  ///
  /// - Source: Linux, fs/proc/array.c, `do_task_stat()`; proc_pid_stat(5).
  private func statText(_ task: TaskID, _ viewer: TaskID) -> String {
    let row = tasks[task]
    var fields = [Int](repeating: 0, count: 52)
    func set(_ values: KeyValuePairs<Int, Int>) { for (number, value) in values { fields[number - 1] = value } }
    let group = groups[row.group]
    set([
      4: parentNumber(of: task, viewer), 5: number(of: group.processGroup, viewer),
      6: number(of: group.session, viewer), 8: -1, 20: Int(group.threads),
    ])
    let entity = scheduling[task]
    set([18: entity.priority - 100, 19: entity.nice, 39: Int(row.cpu.raw)])
    set([40: entity.effectiveRealtimePriority, 41: entity.policy.value])
    set([14: clockTicks(run(of: row.group)), 16: clockTicks(group.childrenRun)])
    set([22: clockTicks(row.accounting.created - .zero), 38: row.exitSignal.map { Int($0.rawValue) } ?? -1])
    let (ignored, caught) = dispositions(of: task)
    for (number, signals) in [(31, row.pending), (32, row.blocked), (33, ignored), (34, caught)] {
      fields[number - 1] = Int(signals.rawValue)
    }
    if case .zombie(let status) = row.state { set([52: status.waitStatus]) }
    let rest = fields.dropFirst(3).map { String($0) }.joined(separator: " ")
    return "\(number(of: task, seenBy: viewer)) (\(row.name)) \(row.state.letter) \(rest)\n"
  }

  /// The lines of `/proc/PID/status` that the model knows.
  ///
  /// - Source: Linux, fs/proc/array.c, `proc_pid_status()`; proc_pid_status(5).
  private func statusText(_ task: TaskID, _ viewer: TaskID) -> String {
    let row = tasks[task]
    let group = groups[row.group]
    let ids = row.credentials
    let (ignored, caught) = dispositions(of: task)
    let isThere = if case .zombie = row.state { false } else { true }
    var lines: [(String, String)] = [("Name", row.name)]
    if isThere { lines.append(("Umask", padded(String(umask(of: task), radix: 8), 4))) }
    lines += [
      ("State", "\(row.state.letter) (\(row.state.word))"),
      ("Tgid", String(number(of: group.leader, seenBy: viewer))),
      ("Pid", String(number(of: task, seenBy: viewer))), ("PPid", String(parentNumber(of: task, viewer))),
      ("Uid", "\(ids.user)\t\(ids.effectiveUser)\t\(ids.savedUser)\t\(ids.effectiveUser)"),
      ("Gid", "\(ids.group)\t\(ids.effectiveGroup)\t\(ids.savedGroup)\t\(ids.effectiveGroup)"),
      ("FDSize", String(isThere ? files.size(of: row.files) : 0)), ("Threads", String(group.threads)),
    ]
    let sets = [
      ("SigPnd", row.pending), ("ShdPnd", group.pending), ("SigBlk", row.blocked), ("SigIgn", ignored),
      ("SigCgt", caught),
    ]
    lines += sets.map { ($0.0, padded(String($0.1.rawValue, radix: 16), 16)) }
    return lines.map { "\($0.0):\t\($0.1)\n" }.joined()
  }

  /// The signals that a task ignores, and those that it catches.
  private func dispositions(of task: TaskID) -> (ignored: SignalSet, caught: SignalSet) {
    guard tasks[task].handlers != .none, let handlers = signalHandlers[tasks[task].handlers] else { return ([], []) }
    var sets: (ignored: SignalSet, caught: SignalSet) = ([], [])
    for signal in Signal.allCases {
      if handlers[signal].isCaught { sets.caught.insert(signal) }
      if handlers[signal].handler == SignalAction.ignored { sets.ignored.insert(signal) }
    }
    return sets
  }

  private func parentNumber(of task: TaskID, _ viewer: TaskID) -> Int {
    number(of: groups[tasks[tasks[task].parent].group].leader, seenBy: viewer)
  }

  private func number(of identity: PIDHandle, _ viewer: TaskID) -> Int {
    identity == .none ? 0 : Int(pids.allocator.number(of: identity, in: namespace(of: viewer)))
  }

  /// How long all threads of a process have run.
  private func run(of group: ThreadGroupID) -> Duration {
    var sum = groups[group].threadsRun
    var thread = groups[group].leader
    while thread != .idle {
      sum += tasks[thread].accounting.run
      thread = tasks[thread].nextThread
    }
    return sum
  }

  /// A length of time in the unit of `/proc`, a hundredth of a second.
  ///
  /// - Source: Linux, include/asm-generic/param.h, `USER_HZ`.
  private func clockTicks(_ time: Duration) -> Int { Int(time.nanoseconds / 10_000_000) }

  private func padded(_ digits: String, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension TaskState {
  /// The word that `/proc/PID/status` has beside the letter.
  ///
  /// - Source: Linux, fs/proc/array.c, `task_state_array`.
  fileprivate var word: String {
    switch self {
    case .runnable, .running: "running"
    case .interruptible: "sleeping"
    case .uninterruptible, .killable: "disk sleep"
    case .stopped: "stopped"
    case .zombie: "zombie"
    case .dead: "dead"
    }
  }
}
