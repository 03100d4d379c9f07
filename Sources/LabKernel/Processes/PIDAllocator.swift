/// The row type of ``PIDHandle``; there are no values of it, because each allocator lays out its rows in its own way.
///
/// - Source: Linux, include/linux/pid.h, `struct pid`.
public enum PIDIdentity: Sendable {}

/// The row type of ``PIDNamespaceID``; there are no values of it.
///
/// - Source: Linux, include/linux/pid_namespace.h, `struct pid_namespace`.
public enum PIDNamespace: Sendable {}

/// The identity of a task: it has one number in its own namespace, and one in each namespace around it.
///
/// - Source: Linux, include/linux/pid.h, `struct pid`.
public typealias PIDHandle = Handle<PIDIdentity>

/// A pid namespace, by its row in the allocator; row 0 is the outermost namespace.
///
/// - Source: Linux, include/linux/pid_namespace.h, `struct pid_namespace`.
public typealias PIDNamespaceID = Handle<PIDNamespace>

/// The limit of the numbers in each namespace if none is configured: the largest pid is 32767.
///
/// - Source: Linux, include/linux/threads.h, `PID_MAX_DEFAULT`.
public let defaultPIDLimit = 32_768

/// The largest limit that may be configured.
///
/// - Source: Linux, include/linux/threads.h, `PID_MAX_LIMIT`.
public let maximumPIDLimit = 4_194_304

/// Where the search begins again after the last number: the numbers below are left to what the boot has started.
///
/// - Source: Linux, include/linux/pid.h, `RESERVED_PIDS`.
public let reservedPIDs = 300

/// The level of the innermost namespace that can be made; the outermost has level 0.
///
/// - Source: Linux, include/linux/pid_namespace.h, `MAX_PID_NS_LEVEL`.
public let maximumPIDNamespaceLevel = 32

/// Gives each task its numbers, and finds tasks by number.
///
/// ```swift
/// var pids = Allocator(limit: defaultPIDLimit)
/// let outermost = PIDNamespaceID(0)
/// let container = try pids.makeNamespace(in: outermost)
/// let shell = try pids.allocate(in: outermost)      // number 1
/// let server = try pids.allocate(in: container)     // number 1 in its own namespace, 2 in the outermost
/// pids.number(of: shell, in: container)             // 0: not visible from there
/// ```
/// In each namespace a *cursor* says where the search for the next number begins. At the start it is 1. A search that
/// begins at n takes the first number at or above n that is not in use and that is less than the limit. If there is
/// none and n is greater than ``reservedPIDs``, the search continues at ``reservedPIDs``. The cursor then is one more
/// than the number that was taken. Giving numbers back does not move it.
///
/// A handle is *in use* from the call that returned it until it is given back: a pid by `free(_:)`; a namespace once it
/// has neither a user, nor a number in use, nor a namespace directly inside it whose handle is in use. The outermost
/// namespace is always in use. Callers pass only handles that are in use. A new handle is less than the largest number
/// of handles of its kind that have been in use at one time, with the new one included: the kernel indexes tables with
/// them.
/// - Source: Linux, kernel/pid.c and kernel/pid_namespace.c; lib/idr.c, `idr_alloc_cyclic()`.
/// - Simplified: A caller cannot ask for a number, as clone3(2) can with `set_tid`.
public protocol PIDAllocator: Sendable {
  /// Only the outermost namespace, open and without numbers in use; in each namespace the numbers `1 ..< limit` exist.
  ///
  /// - Parameter limit: `pid_max`, from `reservedPIDs + 1` to ``maximumPIDLimit``.
  /// - Source: Linux, kernel/pid.c, `init_pid_ns` and `pid_max`.
  init(limit: Int)

  /// Makes a namespace inside another: open, without numbers in use, and with one user, the caller.
  ///
  /// - Throws: `ENOSPC` if `parent` has level ``maximumPIDNamespaceLevel``.
  /// - Source: Linux, kernel/pid_namespace.c, `create_pid_namespace()`.
  /// - Simplified: Linux also limits how many namespaces each user may have.
  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID

  /// Adds a user to a namespace.
  ///
  /// - Source: Linux, include/linux/pid_namespace.h, `get_pid_ns()`.
  mutating func retain(_ namespace: PIDNamespaceID)

  /// Removes a user from a namespace.
  ///
  /// - Source: Linux, kernel/pid_namespace.c, `put_pid_ns()`.
  mutating func release(_ namespace: PIDNamespaceID)

  /// Takes one number in `namespace`, then one in the namespace around it, and so on to the outermost.
  ///
  /// A call that throws gives back each number that it has taken. The cursors that it has moved stay where they are,
  /// except for one: if `namespace` is open and has no number in use, its cursor goes back to 1.
  /// - Throws: `EAGAIN` if one of these namespaces has no number left; `ENOMEM`, after the last number has been taken,
  ///   if `namespace` is closed, whether or not the namespaces around it are closed.
  /// - Source: Linux, kernel/pid.c, `alloc_pid()`.
  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle

  /// Gives back all numbers of a pid; a namespace whose last number is given back is closed.
  ///
  /// - Source: Linux, kernel/pid.c, `free_pid()`.
  mutating func free(_ pid: PIDHandle)

  /// Closes a namespace: from now on, `allocate(in: namespace)` throws.
  ///
  /// The kernel calls this when the first task of a namespace has ended. Closing a closed namespace changes nothing.
  /// - Source: Linux, kernel/pid.c, `disable_pid_allocation()`.
  mutating func close(_ namespace: PIDNamespaceID)

  /// Returns the number of a pid in a namespace, or 0 if the pid has none there.
  ///
  /// - Source: Linux, kernel/pid.c, `pid_nr_ns()`.
  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID

  /// Returns the pid that has a number in a namespace, or nil; `number` may be any number.
  ///
  /// - Complexity: O(1).
  /// - Source: Linux, kernel/pid.c, `find_pid_ns()`.
  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle?

  /// Returns the pid that has the smallest number in use at or above `number` in a namespace, or nil; `number` may be
  /// any number.
  ///
  /// This is how `/proc` is listed, and how a namespace is cleared.
  /// - Source: Linux, kernel/pid.c, `find_ge_pid()`.
  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle?

  /// Returns the namespace in which a pid was allocated.
  ///
  /// - Source: Linux, include/linux/pid.h, `ns_of_pid()`.
  func namespace(of pid: PIDHandle) -> PIDNamespaceID

  /// Returns the namespace directly around another, or nil for the outermost.
  ///
  /// - Source: Linux, include/linux/pid_namespace.h, `pid_namespace.parent`.
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID?

  /// Returns how many namespaces are around a namespace.
  ///
  /// - Source: Linux, include/linux/pid_namespace.h, `pid_namespace.level`.
  func level(of namespace: PIDNamespaceID) -> Int

  /// Returns how many numbers are in use in a namespace.
  ///
  /// - Source: Linux, include/linux/pid_namespace.h, `pid_namespace.pid_allocated`.
  func count(in namespace: PIDNamespaceID) -> Int
}
