// Misconception: a node of the tree that was full stays full.
// Breaks: free in wrapped
// Killed by: wrap-around, questions, large-tables
import LabKernel

final class BitmapPIDs: PIDAllocator, @unchecked Sendable {
  /// A node of the tree: 64 children, or 64 pids at the bottom.
  private struct Node: Sendable {
    var used: UInt64 = 0
    var full: UInt64 = 0
    var slots = [Int](repeating: -1, count: 64)
  }

  /// Numbers below 64^4, in four levels of nodes.
  private struct Tree: Sendable {
    private var nodes = [Node()]
    private var spare: [Int] = []

    func pid(at number: Int) -> Int? {
      guard number >= 0, number < 1 << 24 else { return nil }
      var node = 0
      for shift in [18, 12, 6, 0] {
        node = nodes[node].slots[number >> shift & 63]
        if node < 0 { return nil }
      }
      return node
    }

    /// Puts a pid in, or takes one out; tells whether the node at this height is full, and whether it is empty.
    @discardableResult
    mutating func set(_ number: Int, _ pid: Int, _ node: Int = 0, _ shift: Int = 18) -> (full: Bool, empty: Bool) {
      let slot = number >> shift & 63
      let bit: UInt64 = 1 << UInt64(slot)
      if shift == 0 {
        nodes[node].slots[slot] = pid
        if pid >= 0 { nodes[node].used |= bit } else { nodes[node].used &= ~bit }
        nodes[node].full = nodes[node].used
      } else {
        if nodes[node].slots[slot] < 0 {
          let child = spare.popLast() ?? nodes.count
          if child == nodes.count { nodes.append(Node()) } else { nodes[child] = Node() }
          nodes[node].slots[slot] = child
        }
        let child = nodes[node].slots[slot]
        let state = set(number, pid, child, shift - 6)
        if state.full { nodes[node].full |= bit }
        nodes[node].used |= bit
        if state.empty {
          nodes[node].used &= ~bit
          nodes[node].slots[slot] = -1
          spare.append(child)
        }
      }
      return (nodes[node].full == ~0, nodes[node].used == 0)
    }

    /// The first number at or above `start` that is free, or that is in use.
    func first(_ start: Int, free: Bool, _ node: Int = 0, _ shift: Int = 18) -> Int? {
      let wanted = free ? ~nodes[node].full : nodes[node].used
      let begin = start >> shift & 63
      for slot in begin..<64 where wanted >> UInt64(slot) & 1 == 1 {
        let base = slot << shift
        let rest = slot == begin ? start & (1 << shift - 1) : 0
        if shift == 0 { return base }
        let child = nodes[node].slots[slot]
        if child < 0 { return base + rest }
        if let found = first(rest, free: free, child, shift - 6) { return base + found }
      }
      return nil
    }
  }

  private final class Space {
    let row: Int
    let outer: Space?
    var tree = Tree()
    var next = 1
    var allocated = 0
    var adding = true
    var references = 1
    init(_ row: Int, _ outer: Space?) { (self.row, self.outer) = (row, outer) }
    var level: Int { outer.map { $0.level + 1 } ?? 0 }
  }

  private final class Identity {
    let numbers: [(space: Space, number: Int)]
    init(_ numbers: [(space: Space, number: Int)]) { self.numbers = numbers }
  }

  private let limit: Int
  private var spaces: [Space?] = []
  private var pids: [Identity?] = []

  required init(limit: Int) {
    self.limit = limit
    spaces = [Space(0, nil)]
  }

  private func space(_ namespace: PIDNamespaceID) -> Space {
    guard let space = spaces[namespace.index] else { preconditionFailure("no such namespace") }
    return space
  }

  private func identity(_ pid: PIDHandle) -> Identity {
    guard let identity = pids[pid.index] else { preconditionFailure("no such pid") }
    return identity
  }

  func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID {
    let outer = space(parent)
    guard outer.level < 32 else { throw .ENOSPC }
    outer.references += 1
    let row = spaces.firstIndex { $0 == nil } ?? spaces.count
    if row == spaces.count { spaces.append(nil) }
    spaces[row] = Space(row, outer)
    return PIDNamespaceID(row)
  }

  func retain(_ namespace: PIDNamespaceID) { space(namespace).references += 1 }
  func release(_ namespace: PIDNamespaceID) { put(space(namespace)) }

  private func put(_ space: Space) {
    space.references -= 1
    guard space.references == 0, let outer = space.outer else { return }
    spaces[space.row] = nil
    put(outer)
  }

  func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle {
    let home = space(namespace)
    var numbers: [(space: Space, number: Int)] = []
    var current: Space? = home
    while let space = current {
      var number = space.tree.first(space.next, free: true) ?? limit
      if number >= limit, space.next > 300 { number = space.tree.first(300, free: true) ?? limit }
      guard number < limit else { try fail(home, .EAGAIN) }
      space.next = number + 1
      numbers.append((space, number))
      current = space.outer
    }
    guard home.adding else { try fail(home, .ENOMEM) }
    let row = pids.firstIndex { $0 == nil } ?? pids.count
    if row == pids.count { pids.append(nil) }
    pids[row] = Identity(numbers)
    home.references += 1
    for (space, number) in numbers {
      space.tree.set(number, row)
      space.allocated += 1
    }
    return PIDHandle(row)
  }

  private func fail(_ home: Space, _ error: Errno) throws(Errno) -> Never {
    if home.adding, home.allocated == 0 { home.next = 1 }
    throw error
  }

  func free(_ pid: PIDHandle) {
    let identity = identity(pid)
    for (space, number) in identity.numbers {
      space.tree.set(number, -1)
      space.allocated -= 1
      if space.allocated == 0 { space.adding = false }
    }
    pids[pid.index] = nil
    put(identity.numbers[0].space)
  }

  func close(_ namespace: PIDNamespaceID) { space(namespace).adding = false }

  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID {
    let space = space(namespace)
    return PID(identity(pid).numbers.first { $0.space === space }?.number ?? 0)
  }

  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    space(namespace).tree.pid(at: number).map { PIDHandle($0) }
  }

  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? {
    guard number < 1 << 24 else { return nil }
    return space(namespace).tree.first(max(number, 0), free: false).flatMap { find($0, in: namespace) }
  }

  func namespace(of pid: PIDHandle) -> PIDNamespaceID { PIDNamespaceID(identity(pid).numbers[0].space.row) }
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? {
    space(namespace).outer.map { PIDNamespaceID($0.row) }
  }
  func level(of namespace: PIDNamespaceID) -> Int { space(namespace).level }
  func count(in namespace: PIDNamespaceID) -> Int { space(namespace).allocated }
}
