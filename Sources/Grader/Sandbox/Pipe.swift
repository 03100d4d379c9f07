import Foundation

/// One end of a pipe or a socket that is closed with the last reference to it; hence a class.
///
/// Ends are never inherited: what a child needs is handed to it explicitly.
final class PipeEnd: Sendable {
  /// The descriptor.
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// A new pipe: our end, which never blocks, and the descriptor of the child's end, which the caller must close.
  static func pair(weRead: Bool) throws(SandboxFault) -> (ours: PipeEnd, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system("pipe", errno) }
    // A child that is started in between keeps nothing: keepers close what they are not handed.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return try handedOut(ends[weRead ? 0 : 1], ends[weRead ? 1 : 0])
  }

  /// A new socket, with an end for us and an end for a child.
  static func socket() throws(SandboxFault) -> (ours: PipeEnd, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    #if os(Linux)
      let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .system("socketpair", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return try handedOut(ends[0], ends[1])
  }

  /// Gives the child's end a number other than those at which a child finds what it is handed.
  private static func handedOut(_ ours: Int32, _ theirs: Int32) throws(SandboxFault) -> (ours: PipeEnd, theirs: Int32) {
    _ = fcntl(ours, F_SETFL, O_NONBLOCK)
    let end = PipeEnd(ours)
    let moved = fcntl(theirs, F_DUPFD_CLOEXEC, lowestForChildren)
    let fault = errno
    close(theirs)
    guard moved >= 0 else { throw .system("fcntl", fault) }
    return (end, moved)
  }

  private static let lowestForChildren: Int32 = 10
}

/// A failure of the machinery around a submission; never the submission's fault.
package enum SandboxFault: Error, Equatable, CustomStringConvertible {
  /// A system call failed.
  case system(String, Int32)
  /// The sandbox could not be set up; what it said.
  case setup(String)
  /// No sandbox is available on this machine; what to do about it.
  case unavailable(String)
  /// A process in the sandbox cannot be ended.
  case immortal
  /// A part that is built beside `labs-cli` is missing.
  case incomplete(String)

  /// In one sentence.
  package var description: String {
    switch self {
    case .system(let call, let code): "\(call) failed: \(String(cString: strerror(code)))"
    case .setup(let said): "the sandbox could not be set up: \(said)"
    case .unavailable(let remedy): remedy
    case .immortal: "a process in the sandbox could not be killed"
    case .incomplete(let what): what
    }
  }
}
