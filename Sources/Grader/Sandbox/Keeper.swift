import Foundation
import Synchronization

/// The process outside the sandbox that starts a command and ends all that comes of it; has an identity, hence a class.
///
/// We hold one end of a socket to it. Hanging up kills the command and everything that it has started: at any time,
/// even before the command has been started, and even when the kernel hangs up for a grader that was killed. The
/// command's exit status comes over the socket only when nothing of the command is left.
package final class Keeper: Sendable {
  /// Becomes readable when nothing is left of the command.
  let lifeline: PipeEnd
  private let state: Mutex<State>

  private enum State {
    /// The number of the keeper's process, which has not been waited for.
    case running(Int32)
    /// The exit status of the command, or 128 plus the signal; nil if something could not be ended.
    case ended(Int32?)
  }

  /// How long to wait for a process that cannot be killed; that is never the command's fault.
  private static let patience = Duration.seconds(30)

  /// Starts `shim` as the keeper of `command`, with three descriptors for it, which are closed here.
  ///
  /// - Parameter user: the user as whom the command runs, if root is to start it with none of its privileges.
  package init(
    _ shim: String, _ command: [String], as user: UInt32? = nil, environment: [String: String], descriptors: [Int32]
  ) throws(SandboxFault) {
    defer { for descriptor in descriptors { close(descriptor) } }
    let (ours, theirs) = try PipeEnd.socket()
    defer { close(theirs) }
    lifeline = ours
    let spawn = Spawn(
      arguments: [shim, "keep"] + (user.map { ["--as", "\($0)"] } ?? []) + command, environment: environment,
      descriptors: descriptors + [theirs])
    state = Mutex(.running(try spawn.process()))
  }

  deinit {
    kill()
    guard case .running(let process) = state.withLock({ $0 }) else { return }
    // It ends on its own; a thread has to collect it, but nothing has to wait for that here.
    Thread.detachNewThread { Self.reap(process) }
  }

  /// Kills the command and everything in its sandbox.
  package func kill() { shutdown(lifeline.descriptor, Int32(SHUT_WR)) }

  /// What the keeper and its descendants are doing; nil after the end, or if that is not known.
  var tree: ProcessTree? {
    guard case .running(let process) = state.withLock({ $0 }) else { return nil }
    return ProcessTree(root: process)
  }

  /// Waits until nothing is left: up to `grace` for the command to end on its own, then as long as it takes to kill it.
  ///
  /// - Returns: the exit status, or 128 plus the signal; nil if something cannot be killed.
  package func end(grace: Duration) -> Int32? {
    if grace == .zero || !isReadable(within: grace) { kill() }
    let isOver = isReadable(within: Self.patience)
    return state.withLock { state in
      switch state {
      case .ended(let status): return status
      case .running where !isOver: return nil
      case .running(let process):
        var said: Int32 = -1
        let count = read(lifeline.descriptor, &said, MemoryLayout<Int32>.size)
        Self.reap(process)
        let status = count == MemoryLayout<Int32>.size && said >= 0 ? said : nil
        state = .ended(status)
        return status
      }
    }
  }

  private func isReadable(within time: Duration) -> Bool {
    let deadline = ContinuousClock.now + time
    while true {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      if left <= 0 { return false }
      var wait = pollfd(fd: lifeline.descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, Int32(left.rounded(.up))) > 0 { return true }
    }
  }

  private static func reap(_ process: Int32) {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  }
}

/// A process to start: with these descriptors, from 0 on, with no signal ignored, and with all signals blocked until it
/// has left our session, so that Ctrl-C in the terminal reaches us and not the process.
struct Spawn {
  var arguments: [String]
  var environment: [String: String]
  var descriptors: [Int32]

  /// Starts it; returns the number of the process.
  func process() throws(SandboxFault) -> Int32 {
    #if os(Linux)
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #else
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process: Int32 = 0
    let fault = posix_spawn(&process, arguments[0], &actions, &attributes, &words, &variables)
    guard fault == 0 else { throw .system("posix_spawn \(arguments[0])", fault) }
    return process
  }
}
