import Foundation
import Subprocess

/// Work that waits in the kernel, kept away from the few threads that all tasks share.
///
/// If it waited on one of those, as many submissions as there are processors would bring everything to a halt: what
/// they wait for could no longer be started.
enum Blocking {
  /// Does `work` on a thread of its own.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }

  /// Does `work` on a thread of its own; if the task is cancelled, kills `process`, whose pipes it waits for, and
  /// returns when nothing of it is left.
  ///
  /// - Throws: what `work` throws, and `CancellationError`.
  static func run<Result: Sendable>(
    killing process: SandboxedProcess, _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    let result = await withTaskCancellationHandler {
      await run { Swift.Result(catching: work) }
    } onCancel: {
      process.kill()
    }
    if Task.isCancelled {
      _ = try await process.end(grace: .zero)
      throw CancellationError()
    }
    return try result.get()
  }
}

extension Blocking {
  /// What a trusted program prints on its standard output, up to a limit.
  ///
  /// - Throws: an error if it cannot be started.
  static func output(of command: [String]) async throws -> String {
    let result = try await Subprocess.run(
      .path(.init(command[0])), arguments: Arguments(Array(command.dropFirst())), output: .string(limit: 4096),
      error: .discarded)
    return result.standardOutput
  }
}
