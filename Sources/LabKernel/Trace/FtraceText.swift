extension Kernel {
  /// The trace as the text of Linux's ftrace, which Perfetto draws with its own scheduling tracks.
  ///
  /// - Source: Linux, Documentation/trace/ftrace.rst and include/trace/events/sched.h.
  public var ftraceText: String { RunRecord(of: self).ftraceText }
}

extension RunRecord {
  /// The trace as the text of Linux's ftrace, the same text that its kernel gives.
  public var ftraceText: String {
    var writer = FtraceWriter(self)
    return writer.text
  }
}

/// Tracks which task runs where, and how urgent each task is, while the lines are written.
private struct FtraceWriter {
  private let record: RunRecord
  private var running: [PID]
  private var priorities: [PID: Int16] = [0: 120]
  /// The words of the calls that are still to be written, the next one first.
  private var arguments: ArraySlice<SystemCallArguments>

  init(_ record: RunRecord) {
    self.record = record
    running = Array(repeating: 0, count: record.cpus)
    arguments = record.arguments[...]
  }

  /// The whole text, with the two lines of the header.
  var text: String {
    mutating get {
      let lines = record.events.compactMap { line(for: $0) }
      return (["# tracer: nop", "#"] + lines).joined(separator: "\n") + "\n"
    }
  }

  private mutating func line(for event: TraceEvent) -> String? {
    let current = running[event.cpu.index]
    if case .schedWakeupNew(let pid, _, let priority) = event.what { priorities[pid] = priority }
    if case .schedSetScheduler(let pid, _, let priority) = event.what { priorities[pid] = priority }
    if case .schedPiSetprio(let pid, _, let priority) = event.what { priorities[pid] = priority }
    if case .schedSwitch(_, _, let next) = event.what { running[event.cpu.index] = next }
    return text(of: event).map { "\(prefix(current, event)) \($0)" }
  }

  private func prefix(_ pid: PID, _ event: TraceEvent) -> String {
    let microseconds = event.time.nanoseconds / 1000
    let time = "\(microseconds / 1_000_000).\(padded(Int(microseconds % 1_000_000), 6))"
    return "\(comm(pid))-\(pid) [\(padded(Int(event.cpu.raw), 3))] d..2 \(time):"
  }

  private mutating func text(of event: TraceEvent) -> String? {
    if case .sysEnter(_, let call) = event.what { return "sys_\(call.name)(\(words(of: call)))" }
    if case .sysExit(_, let call, let result) = event.what { return "sys_\(call.name) -> \(result)" }
    guard let format = event.what.format else { return nil }
    return "\(format.name): " + format.fields.map { text(of: $0, event) }.joined(separator: " ")
  }

  private func text(of field: TraceFormat.Field, _ event: TraceEvent) -> String {
    switch field {
    case .task(let pid, let prefix):
      "\(prefix)comm=\(comm(pid)) \(prefix)pid=\(pid) \(prefix)prio=\(priorities[pid] ?? 120)"
    case .comm(let pid): "comm=\(comm(pid)) pid=\(pid)"
    case .value(let label, let value): "\(label)=\(value)"
    case .targetCPU: "target_cpu=\(padded(Int(event.cpu.raw), 3))"
    case .mutex(let mutex): record.name(of: mutex)
    case .text(let text): text
    }
  }

  /// The words of the next call, each with the name that the table of calls has for it.
  ///
  /// - Source: Linux, kernel/trace/trace_syscalls.c, `print_syscall_enter()`.
  private mutating func words(of call: SystemCallNumber) -> String {
    guard let words = arguments.popFirst(), let parameters = SystemCall.numbered(call)?.parameters else { return "" }
    return parameters.enumerated().map { index, parameter in
      let word = words[index]
      return "\(parameter.rawValue): " + (parameter.isAddress ? "0x\(String(word, radix: 16))" : String(word))
    }.joined(separator: ", ")
  }

  /// The name of a task as ftrace shows it: the idle task is the swapper.
  private func comm(_ pid: PID) -> String {
    pid == 0 ? "swapper" : String(record.name(of: pid).map { $0.isWhitespace ? "_" : $0 })
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
