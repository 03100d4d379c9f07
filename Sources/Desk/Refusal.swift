/// How the program ends, for scripts: the values of sysexits(3) where it has one.
package enum ExitStatus: Int32 {
  /// Checks failed.
  case checksFailed = 1
  /// The command line makes no sense.
  case usage = 64
  /// A file, chapter or lab that was named does not exist.
  case missingInput = 66
  /// A bug in this program.
  case `internal` = 70
  /// The output could not be written, for example because the disk is full.
  case output = 74
  /// Another process is using the folder: try again later.
  case locked = 75
  /// The configuration makes no sense.
  case configuration = 78
  /// Stopped by the user.
  case interrupted = 130
}

/// Why a command did not do what it was asked to: one sentence on standard error, and an exit status.
package struct Refusal: Error, Equatable {
  /// What is wrong and, if anything helps, what to do next; without a full stop.
  package let message: String
  /// The exit status.
  package let status: ExitStatus

  /// A refusal.
  package init(_ message: String, _ status: ExitStatus) {
    self.message = message
    self.status = status
  }
}
