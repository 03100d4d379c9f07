// Design: as a C programmer would write it: one hash table of (namespace, number) for all, chains linked through flat
// arrays of integers, 33 slots of numbers for each pid.
import LabKernel

struct BitmapPIDs: PIDAllocator {
  private static let levels = 33
  private let pidMax: Int

  // Namespaces.
  private var nsParent = [-1]
  private var nsLevel = [0]
  private var nsNext = [0]
  private var nsAllocated = [0]
  private var nsAdding = [1]
  private var nsRefs = [1]
  private var nsFree = -1

  // Pids: the slot pid * 33 + level is an entry of the hash table.
  private var pidNamespace: [Int] = []
  private var pidNext: [Int] = []
  private var slotNumber: [Int] = []
  private var slotNamespace: [Int] = []
  private var slotNext: [Int] = []
  private var pidFree = -1
  private var bucket = [Int](repeating: -1, count: 1024)

  init(limit: Int) { pidMax = limit }

  private func hash(_ nr: Int, _ ns: Int) -> Int { ((nr &* 0x9E37) ^ (ns &* 0x79B9)) & 1023 }

  private func lookup(_ nr: Int, _ ns: Int) -> Int {
    var slot = bucket[hash(nr, ns)]
    while slot >= 0, slotNumber[slot] != nr || slotNamespace[slot] != ns { slot = slotNext[slot] }
    return slot
  }

  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    let level = nsLevel[parent.index] + 1
    if level > 32 { throw .ENOSPC }
    nsRefs[parent.index] += 1
    var ns = nsFree
    if ns < 0 {
      ns = nsParent.count
      nsParent.append(0)
      nsLevel.append(0)
      nsNext.append(0)
      nsAllocated.append(0)
      nsAdding.append(0)
      nsRefs.append(0)
    } else {
      nsFree = nsNext[ns]
    }
    nsParent[ns] = parent.index
    nsLevel[ns] = level
    nsNext[ns] = 0
    nsAllocated[ns] = 0
    nsAdding[ns] = 1
    nsRefs[ns] = 1
    return PIDNamespaceID(ns)
  }

  mutating func retain(_ namespace: PIDNamespaceID) { nsRefs[namespace.index] += 1 }
  mutating func release(_ namespace: PIDNamespaceID) { put(namespace.index) }

  private mutating func put(_ first: Int) {
    var ns = first
    while ns > 0 {
      nsRefs[ns] -= 1
      if nsRefs[ns] > 0 { return }
      nsNext[ns] = nsFree
      nsFree = ns
      ns = nsParent[ns]
    }
  }

  private mutating func cyclic(_ ns: Int) -> Int {
    let start = nsNext[ns] > 300 ? 300 : 1
    var nr = max(nsNext[ns], start)
    while nr < pidMax, lookup(nr, ns) >= 0 { nr += 1 }
    if nr >= pidMax {
      nr = start
      while nr < pidMax, lookup(nr, ns) >= 0 { nr += 1 }
      if nr >= pidMax { return -1 }
    }
    nsNext[ns] = nr + 1
    return nr
  }

  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    let ns = namespace.index
    var numbers = [Int](repeating: 0, count: Self.levels)
    var error: Errno? = nsAdding[ns] == 1 ? nil : .ENOMEM
    var level = nsLevel[ns]
    var at = ns
    while level >= 0 {
      numbers[level] = cyclic(at)
      if numbers[level] < 0 {
        error = .EAGAIN
        break
      }
      at = nsParent[at]
      level -= 1
    }
    if let error {
      if nsAllocated[ns] == 0, nsAdding[ns] == 1 { nsNext[ns] = 0 }
      throw error
    }
    var pid = pidFree
    if pid < 0 {
      pid = pidNamespace.count
      pidNamespace.append(0)
      pidNext.append(0)
      for _ in 0..<Self.levels {
        slotNumber.append(0)
        slotNamespace.append(-1)
        slotNext.append(-1)
      }
    } else {
      pidFree = pidNext[pid]
    }
    pidNamespace[pid] = ns
    nsRefs[ns] += 1
    link(pid, numbers, ns)
    return PIDHandle(pid)
  }

  private mutating func link(_ pid: Int, _ numbers: [Int], _ ns: Int) {
    var at = ns
    while at >= 0 {
      let slot = pid * Self.levels + nsLevel[at]
      let head = hash(numbers[nsLevel[at]], at)
      slotNumber[slot] = numbers[nsLevel[at]]
      slotNamespace[slot] = at
      slotNext[slot] = bucket[head]
      bucket[head] = slot
      nsAllocated[at] += 1
      at = nsParent[at]
    }
  }

  mutating func free(_ pid: PIDHandle) {
    var at = pidNamespace[pid.index]
    while at >= 0 {
      let slot = pid.index * Self.levels + nsLevel[at]
      let head = hash(slotNumber[slot], at)
      if bucket[head] == slot {
        bucket[head] = slotNext[slot]
      } else {
        var before = bucket[head]
        while slotNext[before] != slot { before = slotNext[before] }
        slotNext[before] = slotNext[slot]
      }
      slotNamespace[slot] = -1
      nsAllocated[at] -= 1
      if nsAllocated[at] == 0 { nsAdding[at] = 0 }
      at = nsParent[at]
    }
    pidNext[pid.index] = pidFree
    pidFree = pid.index
    put(pidNamespace[pid.index])
  }

  mutating func close(_ namespace: PIDNamespaceID) { nsAdding[namespace.index] = 0 }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    let slot = pid.index * Self.levels + nsLevel[namespace.index]
    return slotNamespace[slot] == namespace.index ? PID(slotNumber[slot]) : 0
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    if number < 1 || number >= pidMax { return nil }
    let slot = lookup(number, namespace.index)
    return slot < 0 ? nil : PIDHandle(slot / Self.levels)
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    var nr = max(number, 1)
    while nr < pidMax {
      if let pid = find(nr, in: namespace) { return pid }
      nr += 1
    }
    return nil
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { PIDNamespaceID(pidNamespace[pid.index]) }
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? {
    namespace.index == 0 ? nil : PIDNamespaceID(nsParent[namespace.index])
  }
  func level(of namespace: PIDNamespaceID) -> Int { nsLevel[namespace.index] }
  func count(in namespace: PIDNamespaceID) -> Int { nsAllocated[namespace.index] }
}
