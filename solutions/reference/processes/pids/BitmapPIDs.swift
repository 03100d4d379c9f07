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
    // lab:begin make a namespace with one user, in a row that was given back if there is one
    let level = level(of: parent) + 1
    guard level <= maximumPIDNamespaceLevel else { throw .ENOSPC }
    if numbers.count == level { numbers.append([]) }
    namespaces[parent.index].users += 1
    let new = Namespace(parent: parent, level: level)
    if let row = freeNamespaces.popLast() {
      namespaces[row.index] = new
      return row
    }
    namespaces.append(new)
    return PIDNamespaceID(namespaces.count - 1)
    // lab:end
  }

  mutating func retain(_ namespace: PIDNamespaceID) { namespaces[namespace.index].users += 1 }

  mutating func release(_ namespace: PIDNamespaceID) {
    // lab:begin remove a user, and give back the rows that are no longer in use
    namespaces[namespace.index].users -= 1
    giveBackRows(from: namespace)
    // lab:end
  }

  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    // lab:begin take a number at each level, from the innermost to the outermost; if that fails, give all of them back
    let pid = freePIDs.last ?? PIDHandle(homes.count)
    var place: PIDNamespaceID? = namespace
    while let current = place {
      guard let number = freeNumber(in: current) else {
        takeBack(pid, from: namespace, upTo: current)
        throw .EAGAIN
      }
      take(number, in: current, for: pid)
      place = namespaces[current.index].parent
    }
    guard namespaces[namespace.index].isOpen else {
      takeBack(pid, from: namespace, upTo: nil)
      throw .ENOMEM
    }
    if freePIDs.popLast() == nil { homes.append(namespace) } else { homes[pid.index] = namespace }
    return pid
    // lab:end
  }

  mutating func free(_ pid: PIDHandle) {
    // lab:begin give back the number at each level; close each namespace that is empty now; give back unused rows
    var place: PIDNamespaceID? = homes[pid.index]
    while let current = place {
      giveBack(Int(number(of: pid, in: current)), in: current)
      if namespaces[current.index].count == 0 { namespaces[current.index].isOpen = false }
      place = namespaces[current.index].parent
    }
    freePIDs.append(pid)
    giveBackRows(from: homes[pid.index])
    // lab:end
  }

  mutating func close(_ namespace: PIDNamespaceID) { namespaces[namespace.index].isOpen = false }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    // lab:begin look at the level of the namespace, and make sure that the number there is this pid's, in this namespace
    let level = level(of: namespace)
    guard pid.index < numbers[level].count else { return 0 }
    let number = numbers[level][pid.index]
    return find(Int(number), in: namespace) == pid ? number : 0
    // lab:end
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    // lab:begin look the number up; it may be any number
    guard namespaces[namespace.index].pids.indices.contains(number) else { return nil }
    return namespaces[namespace.index].pids[number]
    // lab:end
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    // lab:begin find the first bit that is set at or above the number
    let words = namespaces[namespace.index].words
    let start = max(number, 0)
    var index = start >> 6
    guard index < words.count else { return nil }
    var used = words[index] & (~0 << UInt64(start & 63))
    while used == 0 {
      index += 1
      guard index < words.count else { return nil }
      used = words[index]
    }
    return find(index << 6 + used.trailingZeroBitCount, in: namespace)
    // lab:end
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { homes[pid.index] }

  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? { namespaces[namespace.index].parent }

  func level(of namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].level }

  func count(in namespace: PIDNamespaceID) -> Int { namespaces[namespace.index].count }

  // lab:begin declare: Helpers of your own: which number is next, and how is a number taken and given back?

  /// Returns the number that comes next in a namespace, or nil if none is left.
  private func freeNumber(in namespace: PIDNamespaceID) -> Int? {
    let cursor = namespaces[namespace.index].cursor
    if let number = freeNumber(atOrAbove: cursor, in: namespace) { return number }
    return cursor > reservedPIDs ? freeNumber(atOrAbove: reservedPIDs, in: namespace) : nil
  }

  /// Returns the first number that is not in use, from `start` to the limit.
  private func freeNumber(atOrAbove start: Int, in namespace: PIDNamespaceID) -> Int? {
    let words = namespaces[namespace.index].words
    var index = start >> 6
    guard index < words.count else { return start < limit ? start : nil }
    var free = ~words[index] & (~0 << UInt64(start & 63))
    while free == 0 {
      index += 1
      free = index < words.count ? ~words[index] : ~0
    }
    let number = index << 6 + free.trailingZeroBitCount
    return number < limit ? number : nil
  }

  private mutating func take(_ number: Int, in namespace: PIDNamespaceID, for pid: PIDHandle) {
    let (row, level) = (namespace.index, level(of: namespace))
    while namespaces[row].words.count <= number >> 6 { namespaces[row].words.append(0) }
    while namespaces[row].pids.count <= number { namespaces[row].pids.append(nil) }
    while numbers[level].count <= pid.index { numbers[level].append(0) }
    namespaces[row].words[number >> 6] |= 1 << UInt64(number & 63)
    namespaces[row].pids[number] = pid
    namespaces[row].count += 1
    namespaces[row].cursor = number + 1
    numbers[level][pid.index] = PID(number)
  }

  private mutating func giveBack(_ number: Int, in namespace: PIDNamespaceID) {
    namespaces[namespace.index].words[number >> 6] &= ~(1 << UInt64(number & 63))
    namespaces[namespace.index].pids[number] = nil
    namespaces[namespace.index].count -= 1
  }

  /// Gives back the numbers of a pid that could not get all of them: those below `end`, or all.
  private mutating func takeBack(_ pid: PIDHandle, from namespace: PIDNamespaceID, upTo end: PIDNamespaceID?) {
    var place = namespace
    while place != end {
      giveBack(Int(number(of: pid, in: place)), in: place)
      guard let around = namespaces[place.index].parent else { break }
      place = around
    }
    let isUnused = namespaces[namespace.index].isOpen && namespaces[namespace.index].count == 0
    if isUnused { namespaces[namespace.index].cursor = 1 }
  }

  /// Gives back the row of a namespace that is not in use, then that of the namespace around it, and so on.
  private mutating func giveBackRows(from namespace: PIDNamespaceID) {
    var place = namespace
    while namespaces[place.index].users == 0, namespaces[place.index].count == 0,
      let around = namespaces[place.index].parent
    {
      freeNamespaces.append(place)
      namespaces[around.index].users -= 1
      place = around
    }
  }
  // lab:end
}
