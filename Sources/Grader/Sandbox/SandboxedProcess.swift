import Foundation

/// A command that runs in the sandbox, with pipes to it; has an identity, hence a class.
///
/// It dies with the last reference to it at the latest.
final class SandboxedProcess: Sendable {
  /// To its standard input; nil for a tool.
  let input: PipeEnd?
  /// From descriptor 3 of a submission, or from the standard output of a tool.
  let channel: PipeEnd
  /// From its standard error; for a submission, also what it prints.
  let printed: PipeEnd
  private let keeper: Keeper

  /// Starts `command` in `sandbox`.
  init(_ command: SandboxedCommand, in sandbox: Sandbox) throws(SandboxFault) {
    let stdin = try PipeEnd.pair(weRead: false)
    let stdout = try PipeEnd.pair(weRead: true)
    let stderr = try PipeEnd.pair(weRead: true)
    input = command.kind == .submission ? stdin.ours : nil
    channel = stdout.ours
    printed = stderr.ours
    keeper = try Keeper(
      sandbox.shim, sandbox.invocation(of: command), as: Sandbox.user, environment: sandbox.environment(of: command),
      descriptors: [stdin.theirs, stdout.theirs, stderr.theirs])
  }

  /// Kills the sandbox and everything in it, whether it has been set up or not.
  func kill() { keeper.kill() }

  /// Becomes readable when nothing is left of the sandbox.
  ///
  /// The end of a pipe says less: an unknown process may still hold it.
  var ending: PipeEnd { keeper.lifeline }

  /// Waits up to `grace` for the end, then forces it; returns the exit status, or 128 plus the signal.
  ///
  /// When it returns, nothing of the sandbox is left.
  func end(grace: Duration) async throws(SandboxFault) -> Int32 {
    let status = await Blocking.run { [keeper] in keeper.end(grace: grace) }
    guard let status else { throw .immortal }
    return status
  }

  /// Kills the sandbox of a process from which nothing more is wanted, and waits until nothing of it is left.
  func end() async {
    do throws(SandboxFault) {
      _ = try await end(grace: .zero)
    } catch {
      // Everything that it was asked has been answered, or is not wanted.
    }
  }

  /// What it and its descendants are doing; nil after the end, or if that is not known.
  var tree: ProcessTree? { keeper.tree }
}
