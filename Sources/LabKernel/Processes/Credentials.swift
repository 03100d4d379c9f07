/// What a task may do: the user and the group on whose behalf it acts.
///
/// User 0, root, may do everything.
///
/// - Source: Linux, include/linux/cred.h, `struct cred`; credentials(7).
/// - Simplified: no capabilities, no supplementary groups, no user namespaces.
public struct Credentials: Sendable, Equatable, Codable {
  /// The user that started it.
  public var user: Int32 = 0
  /// The user whose rights it has now.
  public var effectiveUser: Int32 = 0
  /// A user whose rights it may take on again.
  public var savedUser: Int32 = 0
  /// The group that started it.
  public var group: Int32 = 0
  /// The group whose rights it has now.
  public var effectiveGroup: Int32 = 0
  /// A group whose rights it may take on again.
  public var savedGroup: Int32 = 0

  /// Those of root.
  public init() {}

  /// Whether it may do everything.
  public var isRoot: Bool { effectiveUser == 0 }

  /// Whether a task with these credentials may send a signal to a task with those of `other`.
  ///
  /// - Source: Linux, kernel/signal.c, `kill_ok_by_cred()`.
  func maySignal(_ other: Credentials) -> Bool {
    isRoot || [other.user, other.savedUser].contains { $0 == effectiveUser || $0 == user }
  }

  /// Whether a task with these credentials may change how a task with those of `other` is scheduled.
  ///
  /// - Source: Linux, kernel/sys.c, `set_one_prio_perm()`; kernel/sched/syscalls.c, `check_same_owner()`.
  func mayReschedule(_ other: Credentials) -> Bool {
    isRoot || effectiveUser == other.user || effectiveUser == other.effectiveUser
  }
}
