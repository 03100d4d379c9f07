// The trace: what happened, and the pictures that are drawn from it.
//
// The kernel logs events as they happen, under the names that ftrace has for them, if it is told to. Everything else
// here is a view of them, or of the kernel's tables at the end, and changes nothing.
//
// Read this file, then `RunRecord.swift` (the record of a run) with `RunRecord+Soundness.swift` (whether one that comes
// from another process can be drawn), `TraceFormat.swift` (the name and the fields of each event) and
// `FtraceText.swift` (the text of ftrace), `Timeline.swift` (which task had which CPU when) with `Timeline+Text.swift`,
// `Timeline+Mutexes.swift` and `Timeline+Chrome.swift`, then `Figures.swift` (where the time of each task went) and
// `Sleepers.swift` (which tasks sleep forever, and what they wait for).

/// One thing that happened, under the name that ftrace has for it.
///
/// - Source: Linux, include/trace/events/sched.h, signal.h, syscalls.h and lock.h.
public struct TraceEvent: Codable, Sendable, Equatable {
  /// When it happened.
  public var time: Instant
  /// What happened.
  public var what: What
  /// The CPU on which it happened.
  public var cpu: CPUID

  /// What can happen, as far as it can be observed.
  ///
  /// Tasks are named by pid, because rows are used again.
  public enum What: Codable, Sendable, Equatable {
    /// A CPU switched from one task to another; pid 0 is the idle task.
    case schedSwitch(previous: PID, state: Departure, next: PID)
    /// A task that slept became runnable, on the event's CPU.
    case schedWakeup(PID)
    /// A task was created and is runnable, on the event's CPU.
    case schedWakeupNew(PID, parent: PID, priority: Int16)
    /// A task ended.
    case schedProcessExit(PID, ExitStatus)
    /// A zombie was reaped.
    case schedProcessFree(PID)
    /// A signal was sent to a task that does not ignore it.
    case signalGenerate(PID, Signal)
    /// A task handles a signal.
    case signalDeliver(PID, Signal)
    /// A task called the kernel.
    case sysEnter(PID, SystemCallNumber)
    /// The call returned.
    case sysExit(PID, SystemCallNumber, result: Int)
    /// A task's policy or priority changed; the priority is on the kernel's own scale.
    case schedSetScheduler(PID, SchedulingPolicy, priority: Int16)
    /// A mutex made a task more or less urgent; priorities on the kernel's own scale.
    case schedPiSetprio(PID, old: Int16, new: Int16)
    /// A task began to wait for a mutex.
    case contentionBegin(PID, MutexID)
    /// A task became the owner of a mutex.
    case lockAcquired(PID, MutexID)
    /// A task released a mutex.
    case lockRelease(PID, MutexID)
    /// Bytes were printed on the console.
    case consoleWrite(PID, count: Int)
  }

  /// The state in which a task left its CPU.
  public enum Departure: UInt8, Sendable, Codable {
    /// It stayed runnable: it was preempted, or gave up its turn.
    case runnable
    /// It went to sleep.
    case sleeping
    /// It ended.
    case ended
    /// It went to sleep, and no signal but one that ends it wakes it.
    case uninterruptible
    /// A signal stopped it.
    case stopped

    /// The letter in `prev_state`.
    public var letter: Character {
      switch self {
      case .runnable: "R"
      case .sleeping: "S"
      case .ended: "Z"
      case .uninterruptible: "D"
      case .stopped: "T"
      }
    }
  }
}

/// The log of everything that happened, in order.
///
/// It is kept in chunks, so that a snapshot that goes on logging copies one chunk, not the whole log.
/// Invariant: all chunks but the last are full.
public struct Trace: Sendable, Equatable {
  private static let chunkSize = 1024
  private var chunks: [[TraceEvent]] = []
  /// The words of each call that was entered, in chunks of their own: few readers ask for them.
  private var calls: [[SystemCallArguments]] = []
  /// Whether anything is logged.
  public var isOn: Bool

  /// An empty log.
  public init(isOn: Bool) { self.isOn = isOn }

  /// The events, first to last.
  ///
  /// - Complexity: O(n).
  public var events: [TraceEvent] { Array(chunks.joined()) }

  /// The words of each call whose `sysEnter` is in the log, in the same order.
  ///
  /// - Complexity: O(n).
  public var arguments: [SystemCallArguments] { Array(calls.joined()) }

  /// How many events are in the log.
  ///
  /// - Complexity: O(1).
  package var count: Int { Trace.count(chunks) }

  /// Event `index`.
  ///
  /// - Complexity: O(1).
  package subscript(_ index: Int) -> TraceEvent { chunks[index / Trace.chunkSize][index % Trace.chunkSize] }

  /// The words of the call whose `sysEnter` was logged as number `index`.
  ///
  /// - Complexity: O(1).
  package func arguments(ofCall index: Int) -> SystemCallArguments {
    calls[index / Trace.chunkSize][index % Trace.chunkSize]
  }

  private static func count<Entry>(_ chunks: [[Entry]]) -> Int {
    chunks.last.map { (chunks.count - 1) * Trace.chunkSize + $0.count } ?? 0
  }

  /// Logs one event.
  mutating func append(_ time: Instant, _ cpu: CPUID, _ what: TraceEvent.What) {
    Trace.append(TraceEvent(time: time, what: what, cpu: cpu), to: &chunks)
  }

  /// Logs the words of the call whose `sysEnter` was logged last.
  mutating func append(_ arguments: SystemCallArguments) { Trace.append(arguments, to: &calls) }

  private static func append<Entry>(_ entry: Entry, to chunks: inout [[Entry]]) {
    if chunks.last.map({ $0.count == Trace.chunkSize }) ?? true {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Trace.chunkSize)
    }
    chunks[chunks.count - 1].append(entry)
  }
}
