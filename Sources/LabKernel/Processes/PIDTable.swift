/// How many obituaries are always kept; at twice as many, the older half is dropped, with the names in it.
package let maximumObituaries = 1 << 17

/// What is left of a task that has ended.
///
/// - Source: Linux, include/uapi/linux/taskstats.h, what is sent when a task exits; wait4(2).
public struct Obituary: Sendable, Equatable {
  /// Its pid.
  public let pid: PID
  /// The pid of the parent that it had at its end.
  public let parent: PID
  /// How it ended.
  public let status: ExitStatus
  /// Where its time went.
  public let accounting: Accounting
}

/// What is known about each pid: the names of the tasks that have not ended, and the accounts of those that have.
///
/// Invariant: a pid is used only once.
/// - Source: Linux, kernel/pid.c.
/// - Simplified: Linux's pids wrap around at `pid_max`.
struct PIDTable: Sendable {
  private var next: PID = 0
  /// The names of the tasks that have not ended, and of those with an obituary.
  private(set) var names: [PID: String] = [:]
  /// The accounts of the tasks that have ended, in the order in which they ended: at least the last
  /// ``maximumObituaries``.
  private(set) var obituaries: [Obituary] = []

  /// Assigns a pid to a task called `name`.
  mutating func add(_ name: String) -> PID {
    defer { next += 1 }
    names[next] = name
    return next
  }

  /// The name of the task with this pid; empty if it is not known, or no longer known.
  func name(of pid: PID) -> String { names[pid] ?? "" }

  /// Records how a task ended.
  ///
  /// - Complexity: O(1) amortized.
  mutating func record(_ obituary: Obituary) {
    obituaries.append(obituary)
    guard obituaries.count == 2 * maximumObituaries else { return }
    for old in obituaries.prefix(maximumObituaries) { names[old.pid] = nil }
    obituaries.removeFirst(maximumObituaries)
  }
}
