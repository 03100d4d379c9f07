import LabKernel

/// Pids from bitmaps: a bit for each number of each namespace, and a cursor where the search for a free one begins.
///
/// ```
/// namespace 0   limit 310   cursor 303        pid     0  1  2
///   number   1  2  ...  300  301  302         level 0 1  2  302
///   bit      1  1         0    0    1         level 1 0  1  0
///   pid      0  1                   2
/// ```
///
/// Invariants. The bit of a number is set if and only if `pids` has a pid for it. The number of a pid at a level counts
/// only if the namespace at that level has this pid for this number: what else the tables of numbers hold is old.
///
/// - Source: Linux, kernel/pid.c, which kept such bitmaps until 4.15 and now keeps a radix tree.
/// - Simplified: The tables grow as far as the largest number in use.
struct BitmapPIDs: PIDAllocator {
  /// The record of a namespace.
  private struct Namespace {
    let parent: PIDNamespaceID?
    let level: Int
    var isOpen = true
    /// Where the search for the next number begins.
    var cursor = 1
    /// Bit n % 64 of word n / 64 is set while number n is in use.
    var words: [UInt64] = []
    /// The pid that has each number.
    var pids: [PIDHandle?] = []
    /// How many numbers are in use.
    var count = 0
    /// How many users there are, and namespaces directly inside.
    var users = 1
  }

  private let limit: Int
  private var namespaces = [Namespace(parent: nil, level: 0)]
  private var freeNamespaces: [PIDNamespaceID] = []
  /// The namespace in which each pid was allocated.
  private var homes: [PIDNamespaceID] = []
  private var freePIDs: [PIDHandle] = []
  /// The number of each pid at each level: `numbers[level][pid]`.
  private var numbers: [[PID]] = [[]]

  init(limit: Int) { self.limit = limit }

  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    todo("make a namespace with one user, in a row that was given back if there is one")
  }

  mutating func retain(_ namespace: PIDNamespaceID) { namespaces[namespace.index].users += 1 }

  mutating func release(_ namespace: PIDNamespaceID) {
    todo("remove a user, and give back the rows that are no longer in use")
  }

  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    todo("take a number at each level, from the innermost to the outermost; if that fails, give all of them back")
  }

  mutating func free(_ pid: PIDHandle) {
    todo("give back the number at each level; close each namespace that is empty now; give back unused rows")
  }

  mutating func close(_ namespace: PIDNamespaceID) { namespaces[namespace.index].isOpen = false }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    todo("look at the level of the namespace, and make sure that the number there is this pid's, in this namespace")
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    todo("look the number up; it may be any number")
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    todo("find the first bit that is set at or above the number")
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { homes[pid.index] }

  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? { namespaces[namespace.index].parent }

  func level(of namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].level }

  func count(in namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].count }

  // Helpers of your own: which number is next, and how is a number taken and given back?
}
