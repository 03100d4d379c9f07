/// The simplest allocator of pids: it counts upwards in each namespace, and never gives a number twice.
///
/// It fulfils the contract except for two rules: after the last number it does not search from the start again, and a
/// call that throws moves no cursor. So a machine that has started `limit - 1` tasks can start no other.
///
/// Invariant: `pids` of a namespace has an entry for 0 and one for each number that it has given, so its count is the
/// next number. The handle of a pid is its number in the outermost namespace, which no other pid ever has.
/// - Source: Linux, kernel/pid.c.
/// - Simplified: Linux gives a number again when it is free and the search has come around to it.
public struct CountingPIDs: PIDAllocator {
  private struct Namespace {
    let parent: PIDNamespaceID
    let level: Int
    var isOpen = true
    /// The pid of each number that was given; `none` for a number that has been given back.
    var pids: ContiguousArray<PIDHandle> = [.none]
    /// How many numbers are in use.
    var count = 0
    /// How many users there are, and how many namespaces directly inside.
    var users = 1
  }

  private let limit: Int
  private var namespaces: ContiguousArray<Namespace>
  private var freeNamespaces: [PIDNamespaceID] = []
  /// The namespace of each pid.
  private var homes: ContiguousArray<PIDNamespaceID> = [.none]
  /// The number of each pid at each level: `numbers[level][pid]`.
  private var numbers: [ContiguousArray<PID>] = [[]]

  /// Only the outermost namespace, without numbers in use.
  public init(limit: Int) {
    self.limit = limit
    namespaces = [Namespace(parent: .none, level: 0)]
  }

  /// Makes a namespace, in a row that was given back or in a new one.
  ///
  /// - Complexity: O(1) amortized.
  public mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    let level = level(of: parent) + 1
    guard level <= maximumPIDNamespaceLevel else { throw .ENOSPC }
    retain(parent)
    let new = Namespace(parent: parent, level: level)
    while numbers.count <= level { numbers.append([]) }
    if let row = freeNamespaces.popLast() {
      namespaces[row.index] = new
      return row
    }
    namespaces.append(new)
    return PIDNamespaceID(namespaces.count - 1)
  }

  /// Adds which numbers are in use, and which are given next, to `digest`.
  func digest(into digest: inout StateDigest) {
    for namespace in namespaces {
      digest.combine(UInt32(bitPattern: namespace.parent.raw), namespace.isOpen ? 1 : 0)
      digest.combine(UInt32(truncatingIfNeeded: namespace.users), UInt32(truncatingIfNeeded: namespace.pids.count))
      for pid in namespace.pids { digest.combine(Int(pid.raw)) }
    }
  }

  /// Adds a user.
  public mutating func retain(_ namespace: PIDNamespaceID) { namespaces[namespace.index].users += 1 }

  /// Removes a user, and gives back the rows that are no longer in use.
  ///
  /// - Complexity: O(level).
  public mutating func release(_ namespace: PIDNamespaceID) {
    namespaces[namespace.index].users -= 1
    giveBack(namespace)
  }

  /// Gives a new pid the next number of each namespace, if all of them have one.
  ///
  /// - Complexity: O(level) amortized.
  public mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    var place = namespace
    while place != .none {
      guard namespaces[place.index].pids.count < limit else { throw .EAGAIN }
      place = namespaces[place.index].parent
    }
    guard namespaces[namespace.index].isOpen else { throw .ENOMEM }
    let pid = PIDHandle(homes.count)
    homes.append(namespace)
    place = namespace
    while place != .none {
      take(place, for: pid)
      place = namespaces[place.index].parent
    }
    return pid
  }

  private mutating func take(_ place: PIDNamespaceID, for pid: PIDHandle) {
    let level = level(of: place)
    while numbers[level].count <= pid.index { numbers[level].append(0) }
    numbers[level][pid.index] = PID(namespaces[place.index].pids.count)
    namespaces[place.index].pids.append(pid)
    namespaces[place.index].count += 1
  }

  /// Gives back the numbers of a pid, and the rows of namespaces that are no longer in use.
  ///
  /// - Complexity: O(level).
  public mutating func free(_ pid: PIDHandle) {
    var place = homes[pid.index]
    while place != .none {
      let around = namespaces[place.index].parent
      namespaces[place.index].pids[Int(number(of: pid, in: place))] = .none
      namespaces[place.index].count -= 1
      if namespaces[place.index].count == 0 { namespaces[place.index].isOpen = false }
      place = around
    }
    giveBack(homes[pid.index])
  }

  /// Gives back the row of a namespace that is not in use, then that of the namespace around it, and so on.
  private mutating func giveBack(_ namespace: PIDNamespaceID) {
    var place = namespace
    while place.index != 0, namespaces[place.index].users == 0, namespaces[place.index].count == 0 {
      freeNamespaces.append(place)
      place = namespaces[place.index].parent
      namespaces[place.index].users -= 1
    }
  }

  /// Closes a namespace.
  public mutating func close(_ namespace: PIDNamespaceID) { namespaces[namespace.index].isOpen = false }

  /// Returns the number of a pid in a namespace, or 0.
  ///
  /// - Complexity: O(1).
  public func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    let level = level(of: namespace)
    guard pid.index < numbers[level].count else { return 0 }
    let number = numbers[level][pid.index]
    return find(Int(number), in: namespace) == pid ? number : 0
  }

  /// Returns the pid that has a number, or nil.
  ///
  /// - Complexity: O(1).
  public func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    guard namespaces[namespace.index].pids.indices.contains(number) else { return nil }
    let pid = namespaces[namespace.index].pids[number]
    return pid == .none ? nil : pid
  }

  /// Returns the pid that has the smallest number at or above `number`, or nil.
  ///
  /// - Complexity: O(numbers given).
  public func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    namespaces[namespace.index].pids.dropFirst(max(number, 0)).first { $0 != .none }
  }

  /// Returns the namespace in which a pid was allocated.
  public func namespace(of pid: PIDHandle) -> PIDNamespaceID { homes[pid.index] }

  /// Returns the namespace directly around another, or nil.
  public func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? {
    namespace.index == 0 ? nil : namespaces[namespace.index].parent
  }

  /// Returns the level of a namespace.
  public func level(of namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].level }

  /// Returns how many numbers are in use in a namespace.
  public func count(in namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].count }
}
