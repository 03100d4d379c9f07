import Foundation
import Subprocess
import Synchronization

/// A command that runs in the sandbox, with pipes to it; has an identity, hence a class.
///
/// It dies with the last reference to it at the latest.
final class SandboxedProcess: Sendable {
  /// To its standard input; nothing for a tool.
  let input: PipeEnd?
  /// From descriptor 3 of a submission, or from the standard output of a tool.
  let channel: PipeEnd
  /// From its standard error; for a submission, also what it prints.
  let printed: PipeEnd
  private let ended: Task<Int32, any Error>
  private let identity = Identity()

  /// Starts `command` in `sandbox`.
  init(_ command: SandboxedCommand, in sandbox: Sandbox) throws(SandboxFault) {
    let stdin = try PipeEnd.pair(weRead: false)
    let stdout = try PipeEnd.pair(weRead: true)
    let stderr = try PipeEnd.pair(weRead: true)
    input = command.kind == .submission ? stdin.ours : nil
    channel = stdout.ours
    printed = stderr.ours
    ended = Self.spawn(
      sandbox.invocation(of: command), environment: sandbox.environment(of: command),
      descriptors: [stdin.theirs, stdout.theirs, stderr.theirs], as: identity)
  }

  deinit { ended.cancel() }

  /// Kills the sandbox and all that is in it.
  func kill() { ended.cancel() }

  /// Waits for the end: the exit status, or 128 and the signal.
  func status() async -> Result<Int32, any Error> { await ended.result }

  /// Waits for the end for as long as `grace`, then brings it about.
  func end(grace: Duration) async -> Result<Int32, any Error> {
    if grace == .zero { kill() }
    let killer = Task {
      try await Task.sleep(for: grace)
      kill()
    }
    defer { killer.cancel() }
    return await status()
  }

  /// What it and all that it started are doing; nil before the start, after the end, and where nobody can tell.
  var tree: ProcessTree? {
    let process = identity.process.load(ordering: .relaxed)
    return process == 0 ? nil : ProcessTree(root: process)
  }

  /// The number of the process while there is one; shared with the task that starts it, hence a class.
  private final class Identity: Sendable {
    let process = Atomic<Int32>(0)
  }

  private static func spawn(
    _ invocation: [String], environment: [String: String], descriptors: [Int32], as identity: Identity
  ) -> Task<Int32, any Error> {
    let arguments = Arguments(Array(invocation.dropFirst()))
    let variables = environment.map { Array("\($0)=\($1)".utf8) + [0] }
    return Task.detached {
      let result = try await Subprocess.run(
        .path(.init(invocation[0])), arguments: arguments, environment: .custom(variables), platformOptions: options,
        input: .fileDescriptor(.init(rawValue: descriptors[0]), closeAfterSpawningProcess: true),
        output: .fileDescriptor(.init(rawValue: descriptors[1]), closeAfterSpawningProcess: true),
        error: .fileDescriptor(.init(rawValue: descriptors[2]), closeAfterSpawningProcess: true)
      ) { execution in identity.process.store(execution.processIdentifier.value, ordering: .relaxed) }
      identity.process.store(0, ordering: .relaxed)
      return status(result.terminationStatus)
    }
  }

  private static func status(_ ending: TerminationStatus) -> Int32 {
    switch ending {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  }

  /// A session of its own, so that a Ctrl-C in the terminal reaches us and not it; no mercy.
  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = []
    return options
  }
}
