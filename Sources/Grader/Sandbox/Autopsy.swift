import Foundation
import Judging

/// Finds out of what a submission died, from its own last words, its exit status and what it printed.
struct Autopsy {
  var limits: Limits
  /// What it printed, with the student's own file names.
  var printed: String
  var words: LastWords?

  /// What ``todo(_:)`` makes the runtime print.
  private static let notImplemented = "Fatal error: not implemented: "
  /// A share of the memory limit that no honest component reaches by chance.
  private static let suspiciousShare = 0.85

  /// The death that `end` was.
  func death(_ end: Conversation.End, status: Int32?) -> Death {
    switch end {
    case .late:
      died(.timedOut, "it did not come back within \(limits.wallSeconds) seconds, and used little of the processor")
    case .flooded: died(.outputLimit, "it printed more than \(limits.outputKiB) KiB")
    case .answerTooLarge(let size):
      died(.outputLimit, "its answer has \(size) bytes, which is more than any answer may have")
    case .malformed: died(.malformed, "what it sent is no answer of this lab")
    case .unreadable(let why): died(.malformed, "its answer could not be written: \(why)")
    case .closed: ended(by: words?.signal ?? signal(status), status: status)
    }
  }

  private func ended(by signal: Int32?, status: Int32?) -> Death {
    switch signal {
    case SIGXCPU: died(.timedOut, "it used more than \(limits.cpuSeconds) s of processor time")
    case SIGXFSZ: died(.outputLimit, "it wrote a larger file than it may")
    case SIGSYS: died(.forbidden, "it made a system call that no submission may make" + systemCall)
    case SIGKILL: died(.memory, "it was killed by the kernel, which happens when a limit is far exceeded")
    case .some(let signal): trapped(signal)
    case nil: exited(status ?? -1)
    }
  }

  private func trapped(_ signal: Int32) -> Death {
    if let words, words.ranOutOfStack {
      return died(.crashed, "it ran out of stack: a call that calls itself without end, most often")
    }
    if let line = fatalError {
      if let range = line.range(of: Self.notImplemented) {
        return died(.notImplemented, "not implemented: \(line[range.upperBound...])")
      }
      return died(usedUpMemory ? .memory : .crashed, line)
    }
    if usedUpMemory { return died(.memory, "it used up its \(limits.memoryMiB) MiB of memory") }
    return died(.crashed, Self.meaning(of: signal))
  }

  private func exited(_ status: Int32) -> Death {
    died(.crashed, "the program ended by itself (exit status \(status)) before it answered")
  }

  private func died(_ cause: Death.Cause, _ message: String) -> Death {
    Death(cause, message: message, call: words?.call ?? "")
  }

  /// The signal in an exit status as bubblewrap and shells report it.
  private func signal(_ status: Int32?) -> Int32? {
    guard let status, (129...159).contains(status) else { return nil }
    return status - 128
  }

  /// The last message of the Swift runtime.
  private var fatalError: String? {
    printed.split(separator: "\n").last { $0.contains("Fatal error: ") || $0.contains("Fatal error\n") }.map(
      String.init)
  }

  private var usedUpMemory: Bool {
    let words = ["failed to allocate", "Could not allocate memory", "std::bad_alloc"]
    // The message may be followed by a stack trace. Who prints it himself only changes the name of his own end.
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
