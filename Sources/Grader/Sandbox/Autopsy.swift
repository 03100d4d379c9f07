import Foundation
import Judging

/// Finds out what a submission died of, from its own last words, its exit status and what it printed.
struct Autopsy {
  var limits: Limits
  var end: Conversation.End
  /// The exit status, or 128 plus the signal.
  var status: Int32
  /// What it printed, with the student's own file names.
  var printed: String
  var words: LastWords?
  /// Where in the student's files it trapped, and why, if that is known.
  var place: CrashPlace?

  /// What ``todo(_:)`` makes the runtime print.
  private static let notImplemented = "Fatal error: not implemented: "
  /// A share of the memory limit that no honest component reaches by chance.
  private static let suspiciousShare = 0.85

  /// What it died of.
  var death: Death {
    switch end {
    case .exceeded(.processor): usedUpTime
    case .exceeded(.memory): usedUpItsMemory
    case .exceeded(.sleep):
      died(.timedOut, "it fell asleep: for \(limits.sleepSeconds) s it waited for something that never came")
    case .exceeded(.wall): died(.timedOut, "it did not come back: it neither computed nor slept")
    case .flooded: died(.outputLimit, "it printed more than \(limits.outputKiB) KiB")
    case .answerTooLarge(let size):
      died(.outputLimit, "what it answered has \(size) bytes, which is more than any right answer has")
    case .malformed: died(.malformed, "what it sent is no answer of this lab")
    case .unreadable(let why): died(.malformed, "its answer could not be written: \(why)")
    case .closed: ended(by: words?.signal ?? signal)
    }
  }

  private static let starting =
    "it starts a thread or a process: a lab runs on one thread, without Thread, DispatchQueue, Task or fork"

  private var usedUpTime: Death { died(.timedOut, "it used more than \(limits.cpuSeconds) s of processor time") }
  private var usedUpItsMemory: Death { died(.memory, "it used up its \(limits.memoryMiB) MiB of memory") }

  private func ended(by signal: Int32?) -> Death {
    switch signal {
    case SIGXCPU: usedUpTime
    case SIGXFSZ: died(.outputLimit, "it wrote a larger file than it may")
    case SIGSYS where words?.isStart ?? false: died(.forbidden, located(Self.starting))
    case SIGSYS where words?.unsteady != nil:
      died(.nondeterministic, located("it asks for \(words?.unsteady?.words ?? ""): \(Self.steady)"))
    case SIGSYS: died(.forbidden, located("it made a system call that no submission may make" + systemCall))
    case SIGKILL: died(.memory, "it was killed by the kernel, which happens when a limit is far exceeded")
    case .some(let signal): trapped(signal)
    case nil: exited(status)
    }
  }

  private static let steady = "what a component does must depend on nothing but its calls"

  private func trapped(_ signal: Int32) -> Death {
    if let words, words.ranOutOfStack {
      return died(.crashed, located("it ran out of stack: a call that calls itself without end, most often"))
    }
    if let message = RuntimeMessage(in: printed) {
      if message.text.hasPrefix(Self.notImplemented) {
        return died(.notImplemented, "not implemented: \(message.text.dropFirst(Self.notImplemented.count))")
      }
      return died(usedUpMemory ? .memory : .crashed, placed(message))
    }
    if usedUpMemory { return usedUpItsMemory }
    return died(.crashed, located(place?.reason.map { "it trapped: \($0)" } ?? Self.meaning(of: signal)))
  }

  private func located(_ message: String) -> String { place.map { "\($0.position): \(message)" } ?? message }

  /// The modules whose messages name files that are not the student's.
  private static let modulesBelow = ["Swift/", "Interleave/", "LabHarness/", "LabKernel/"]

  /// The message with its place: a library's message names a file of the library, but the student's line that called it
  /// says more.
  private func placed(_ message: RuntimeMessage) -> String {
    let isBelow = message.position.isEmpty || Self.modulesBelow.contains { message.position.hasPrefix($0) }
    guard isBelow else { return "\(message.position): \(message.text)" }
    return located(message.text)
  }

  private func exited(_ status: Int32) -> Death {
    died(.crashed, "the program ended by itself (exit status \(status)) before it answered")
  }

  private func died(_ cause: Death.Cause, _ message: String) -> Death {
    Death(cause, message: message, call: words?.call ?? "")
  }

  /// The signal in an exit status as bubblewrap and shells report it.
  private var signal: Int32? { (129...159).contains(status) ? status - 128 : nil }

  private var usedUpMemory: Bool {
    let words = ["failed to allocate", "Could not allocate memory", "std::bad_alloc"]
    // The message may be followed by a stack trace. A submission that prints such a message itself only changes the
    // name of its own end.
    if words.contains(where: { printed.contains($0) }) { return true }
    return Double(self.words?.peakMemoryKiB ?? 0) > Self.suspiciousShare * Double(limits.memoryMiB << 10)
  }

  private var systemCall: String {
    guard let number = words?.refusedSystemCall, number > 0 else { return "" }
    return " (number \(number))"
  }

  private static func meaning(of signal: Int32) -> String {
    switch signal {
    case SIGILL, SIGTRAP: "it trapped: a check of Swift itself failed, such as an overflow or an unwrapped nil"
    case SIGSEGV, SIGBUS: "it touched memory that is not its own"
    case SIGFPE: "it divided by zero"
    case SIGABRT: "it aborted"
    default: "it was ended by signal \(signal)"
    }
  }
}
