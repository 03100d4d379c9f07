import Foundation

/// One end of a pipe that is closed when nobody refers to it any more; hence a class.
///
/// Ends are never inherited: what a child is to have is handed to it explicitly.
final class PipeEnd: Sendable {
  /// The descriptor.
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// A new pipe: our end, which never blocks, and the descriptor of the child's end, which the caller must close.
  static func pair(weRead: Bool) throws(SandboxFault) -> (ours: PipeEnd, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system("pipe", errno) }
    // No child can slip in between: all are started by Subprocess, which passes on three descriptors and no other.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (ours, theirs) = weRead ? (ends[0], ends[1]) : (ends[1], ends[0])
    _ = fcntl(ours, F_SETFL, O_NONBLOCK)
    return (PipeEnd(ours), theirs)
  }
}

/// The machinery around a submission failed; never the submission's fault.
package enum SandboxFault: Error, Equatable, CustomStringConvertible {
  /// A system call failed.
  case system(String, Int32)
  /// The sandbox could not be set up; what it said.
  case setup(String)
  /// No sandbox is to be had on this machine; what to do about it.
  case unavailable(String)
  /// A part that is built beside `labs-cli` is missing.
  case incomplete(String)

  /// In one sentence.
  package var description: String {
    switch self {
    case .system(let call, let code): "\(call) failed: \(String(cString: strerror(code)))"
    case .setup(let said): "the sandbox could not be set up: \(said)"
    case .unavailable(let remedy): remedy
    case .incomplete(let what): what
    }
  }
}
