/// How ftrace shows an event: its name, and its fields in order.
///
/// - Source: Linux, include/linux/tracepoint.h, `TRACE_EVENT()`, which says the same three things in one place.
struct TraceFormat {
  /// One field.
  enum Field {
    /// A task with its name, pid and priority, each label with this prefix.
    case task(PID, prefix: String = "")
    /// A task with its name and pid.
    case comm(PID)
    /// A number, or a word, with its label.
    case value(String, String)
    /// The CPU of the event.
    case targetCPU
    /// A mutex, by its name.
    case mutex(MutexID)
    /// Literal text.
    case text(String)
  }

  /// The event's name.
  let name: String
  /// Its fields.
  let fields: [Field]

  init(_ name: String, _ fields: Field...) {
    self.name = name
    self.fields = fields
  }
}

extension TraceEvent.What {
  /// How ftrace shows it; nil if Linux has no such event, and for system calls, which have a format of their own.
  ///
  /// - Source: Linux, include/trace/events/sched.h and lock.h.
  var format: TraceFormat? {
    switch self {
    case .schedSwitch(let previous, let state, let next):
      TraceFormat(
        "sched_switch", .task(previous, prefix: "prev_"), .value("prev_state", String(state.letter)), .text("==>"),
        .task(next, prefix: "next_"))
    case .schedWakeup(let pid): TraceFormat("sched_wakeup", .task(pid), .targetCPU)
    case .schedWakeupNew(let pid, _, _): TraceFormat("sched_wakeup_new", .task(pid), .targetCPU)
    case .schedProcessExit(let pid, _): TraceFormat("sched_process_exit", .task(pid))
    case .schedProcessFree(let pid): TraceFormat("sched_process_free", .task(pid))
    case .schedPiSetprio(let pid, let old, let new):
      TraceFormat("sched_pi_setprio", .comm(pid), .value("oldprio", String(old)), .value("newprio", String(new)))
    case .contentionBegin(_, let mutex): TraceFormat("contention_begin", .mutex(mutex))
    case .lockAcquired(_, let mutex): TraceFormat("lock_acquired", .mutex(mutex))
    case .lockRelease(_, let mutex): TraceFormat("lock_release", .mutex(mutex))
    case .signalGenerate(let pid, let signal):
      TraceFormat("signal_generate", .value("sig", String(signal.rawValue)), .comm(pid))
    case .signalDeliver(let pid, let signal):
      TraceFormat("signal_deliver", .value("sig", String(signal.rawValue)), .comm(pid))
    case .sysEnter, .sysExit, .schedSetScheduler, .consoleWrite: nil
    }
  }
}
