// Misconception: a namespace is empty when it has no pid of its own.
// Breaks: last in inside
// Killed by: closing, deep-namespaces, lifetimes
import LabKernel

struct BitmapPIDs: PIDAllocator {
  private struct Space {
    var parent: Int?
    var level: Int
    var next = 1
    var closed = false
    var users = 1
    var children = 0
    var holders: [Int: Int] = [:]
  }

  private struct Identity {
    var home: Int
    var numbers: [Int: Int]
  }

  private let limit: Int
  private var spaces: [Int: Space] = [0: Space(parent: nil, level: 0)]
  private var identities: [Int: Identity] = [:]
  private var oldSpaces: Set<Int> = []
  private var oldHandles: Set<Int> = []

  init(limit: Int) { self.limit = limit }

  private func chain(_ space: Int) -> [Int] {
    var names = [space]
    while let around = spaces[names[names.count - 1]]?.parent { names.append(around) }
    return names
  }

  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    let depth = chain(parent.index).count
    if depth > 32 { throw .ENOSPC }
    let name = oldSpaces.min() ?? spaces.count
    oldSpaces.remove(name)
    spaces[name] = Space(parent: parent.index, level: depth)
    spaces[parent.index]?.children += 1
    return PIDNamespaceID(name)
  }

  mutating func retain(_ namespace: PIDNamespaceID) { spaces[namespace.index]?.users += 1 }

  mutating func release(_ namespace: PIDNamespaceID) {
    spaces[namespace.index]?.users -= 1
    sweep(namespace.index)
  }

  private mutating func sweep(_ name: Int) {
    guard name != 0, let space = spaces[name], space.users == 0, space.children == 0, space.holders.isEmpty,
      let around = space.parent
    else { return }
    spaces[name] = nil
    oldSpaces.insert(name)
    spaces[around]?.children -= 1
    sweep(around)
  }

  private func candidate(_ space: Space) -> Int? {
    var number = space.next
    while space.holders[number] != nil { number += 1 }
    if number >= limit, space.next > 300 {
      number = 300
      while space.holders[number] != nil { number += 1 }
    }
    return number < limit ? number : nil
  }

  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    let home = namespace.index
    let handle = oldHandles.min() ?? identities.count
    var taken: [Int: Int] = [:]
    var failure: Errno?
    for name in chain(home) {
      guard let space = spaces[name], let number = candidate(space) else {
        failure = .EAGAIN
        break
      }
      spaces[name]?.next = number + 1
      taken[name] = number
    }
    if failure == nil, spaces[home]?.closed == true { failure = .ENOMEM }
    if let failure {
      if let space = spaces[home], !space.closed, space.holders.isEmpty { spaces[home]?.next = 1 }
      throw failure
    }
    for (name, number) in taken { spaces[name]?.holders[number] = handle }
    oldHandles.remove(handle)
    identities[handle] = Identity(home: home, numbers: taken)
    return PIDHandle(handle)
  }

  mutating func free(_ pid: PIDHandle) {
    guard let identity = identities.removeValue(forKey: pid.index) else { return }
    for (name, number) in identity.numbers {
      spaces[name]?.holders[number] = nil
      if spaces[name]?.holders.values.contains(where: { identities[$0]?.home == name }) != true {
        spaces[name]?.closed = true
      }
    }
    oldHandles.insert(pid.index)
    sweep(identity.home)
  }

  mutating func close(_ namespace: PIDNamespaceID) { spaces[namespace.index]?.closed = true }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    PID(identities[pid.index]?.numbers[namespace.index] ?? 0)
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    spaces[namespace.index]?.holders[number].map { PIDHandle($0) }
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    guard number < limit else { return nil }
    for candidate in max(number, 1)..<limit {
      if let pid = find(candidate, in: namespace) { return pid }
    }
    return nil
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { PIDNamespaceID(identities[pid.index]?.home ?? 0) }
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? {
    spaces[namespace.index]?.parent.map { PIDNamespaceID($0) }
  }
  func level(of namespace: PIDNamespaceID) -> Int { spaces[namespace.index]?.level ?? 0 }
  func count(in namespace: PIDNamespaceID) -> Int { spaces[namespace.index]?.holders.count ?? 0 }
}
