import Desk
import Foundation
import Grader
import Synchronization

/// Progress on standard error: on a terminal one line that changes, elsewhere one line per item.
///
/// A class, because the tasks that report to it share what it knows.
final class ProgressMeter: Sendable {
  private struct State {
    /// What is being worked on, in the order in which it was begun.
    var running: [(name: String, since: ContinuousClock.Instant)] = []
    /// When the last line about finished work was written.
    var shown = ContinuousClock.now
  }

  /// How long nothing must finish before the meter says what the grader is waiting for.
  private static let patience = Swift.Duration.seconds(3)

  private let isLive = Terminal.isTerminal(STDERR_FILENO)
  private let state = Mutex(State())

  /// Notes that a submission is being worked on.
  func begin(_ submission: Submission) {
    state.withLock { $0.running.append((Self.name(submission), .now)) }
  }

  /// Says what has just been finished.
  func show(_ progress: BulkGrader.Progress) {
    state.withLock { state in
      if let index = state.running.firstIndex(where: { $0.name == Self.name(progress.submission) }) {
        state.running.remove(at: index)
      }
      state.shown = .now
      for row in progress.rows {
        let what = "\(row.student) \(row.lab) \(row.status.rawValue) \(row.score)/\(row.max)"
        write("[\(progress.done)/\(progress.total)] \(what)")
      }
    }
  }

  /// On a terminal, says what the grader is waiting for whenever nothing finishes for some seconds, until cancelled.
  func watch() async {
    guard isLive else { return }
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .seconds(1))
      } catch {
        return
      }
      state.withLock { state in
        guard .now - state.shown >= Self.patience, let oldest = state.running.first else { return }
        let more = state.running.count > 1 ? " and \(state.running.count - 1) more" : ""
        write("waiting for \(oldest.name) (\((ContinuousClock.now - oldest.since).components.seconds) s)\(more)")
      }
    }
  }

  /// Leaves an empty line where the changing one was.
  func clear() {
    if isLive { Terminal.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
  }

  private func write(_ text: String) {
    let line = Printable.line(text, limit: isLive ? Terminal.width(of: STDERR_FILENO) - 1 : 500)
    Terminal.write(Array((isLive ? "\r\u{1B}[K\(line)" : line + "\n").utf8), to: STDERR_FILENO)
  }

  private static func name(_ submission: Submission) -> String {
    submission.student + (submission.lab.isEmpty ? "" : "/\(submission.lab)")
  }
}
