import Desk
import Dispatch
import Foundation

/// Does `work` until it is done or the user types Ctrl-C, which cancels it; a second Ctrl-C does not wait for it.
///
/// - Throws: what `work` throws; `CancellationError` if it was stopped.
func interruptible<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
  let task = Task(operation: work)
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      if task.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
      task.cancel()
    }
    source.activate()
    return source
  }
  defer { for source in sources { source.cancel() } }
  let result = try await task.value
  return result
}
