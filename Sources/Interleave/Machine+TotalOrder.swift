// Sequential consistency under release/acquire: which executions have a total order of their sequentially consistent
// operations, as C++20 requires.

extension Machine {
  /// An access to an atomic, or a sequentially consistent fence, with what matters to the total order.
  struct Access {
    var cpu: Int
    /// The location, or -1 for a fence.
    var location: Int
    var isSequential: Bool
    /// When it happened on its CPU, and what had happened before it.
    var time: UInt16
    var now: Clock
    /// The stamps of the value that it read and of the value that it stored.
    var read: UInt32?
    var stored: UInt32?

    var isFence: Bool { location < 0 }

    /// Whether it happens before another that came later, or earlier, in the order of execution.
    func happens(before other: Access, isEarlier: Bool) -> Bool {
      cpu == other.cpu ? isEarlier : other.now[cpu] >= time
    }
  }

  /// Whether nothing contradicts a total order of the sequentially consistent operations so far.
  ///
  /// A contradiction stays: once this has been false, it stays false.
  ///
  /// - Source: RC11, the acyclicity of psc, in Lahav, Vafeiadis, Kang, Hur and Dreyer, Repairing sequential consistency
  ///   in C/C++11, PLDI 2017, doi:10.1145/3062341.3062352; C++20 [atomics.order].
  mutating func hasTotalOrder() -> Bool {
    guard hasLookedBack, isAllowed, model == .releaseAcquire else { return isAllowed }
    // Fences alone are always ordered: each hands on what it has seen.
    guard accesses.contains(where: { $0.isSequential && !$0.isFence }) else { return true }
    isAllowed = SequentialOrder(accesses).isAcyclic
    return isAllowed
  }

  /// Notes what an operation of a CPU did; called after it has acquired and before it releases.
  mutating func note(_ cpu: Int, _ operation: Operation, read: UInt32? = nil, stored: UInt32? = nil) {
    guard model == .releaseAcquire else { return }
    accesses.append(
      Access(
        cpu: cpu, location: operation.location, isSequential: operation.ordering.isSequential,
        time: cpus[cpu].now[cpu], now: cpus[cpu].now, read: read, stored: stored))
  }

  /// Whether only CPUs that wait for values forbidden by the total order can go on: they wait forever.
  mutating func isStalled<P: Program>(_ program: inout P, _ enabled: UInt32) -> Bool {
    guard model == .releaseAcquire, isAllowed, accesses.contains(where: { $0.isSequential && !$0.isFence }) else {
      return false
    }
    var processes = enabled
    while processes != 0 {
      let cpu = processes.trailingZeroBitCount
      processes &= processes - 1
      guard cpus[cpu].operation.kind == .await || cpus[cpu].operation.kind == .park, interruptChoices(of: cpu) == 0
      else { return false }
      for choice in 0..<ownChoices(of: cpu, &program) {
        var trial = self
        trial.step(cpu, choice: choice, &program)
        if trial.hasTotalOrder() { return false }
      }
    }
    return true
  }
}

/// The relation that must have no cycle, between the sequentially consistent operations of an execution.
private struct SequentialOrder {
  private let accesses: [Machine.Access]
  private let words: Int
  /// Rows of bits, one for each access: the accesses that it happens before, and so on.
  private var happens: [Row] = []
  private var precedesElsewhere: [Row] = []
  private var direct: [Row] = []
  private var communicates: [Row] = []

  private typealias Row = [UInt64]

  init(_ accesses: [Machine.Access]) {
    self.accesses = accesses
    words = (accesses.count + 63) / 64
    for first in accesses.indices { addRows(first) }
    addReadsOfOverwriting()
  }

  /// Fills in the rows of one access: `happens` is hb, `precedesElsewhere` sb|≠loc, `direct` sb | hb|loc | mo | fr, and
  /// `communicates` rf | mo | fr.
  private mutating func addRows(_ first: Int) {
    var rows = (happens: empty, elsewhere: empty, direct: empty, communicates: empty)
    let one = accesses[first]
    for second in accesses.indices where second != first {
      let other = accesses[second]
      let isSame = one.location == other.location && !one.isFence
      let isBefore = one.happens(before: other, isEarlier: first < second)
      let isOwn = one.cpu == other.cpu && first < second
      let overtakes = isSame && isOvertaken(one, by: other)
      if isBefore { set(second, &rows.happens) }
      if isOwn && !isSame { set(second, &rows.elsewhere) }
      if isOwn || isBefore && isSame || overtakes { set(second, &rows.direct) }
      if overtakes || isSame && one.stored != nil && one.stored == other.read { set(second, &rows.communicates) }
    }
    happens.append(rows.happens)
    precedesElsewhere.append(rows.elsewhere)
    direct.append(rows.direct)
    communicates.append(rows.communicates)
  }

  /// Whether `other` stores something newer than what `one` stored or read.
  private func isOvertaken(_ one: Machine.Access, by other: Machine.Access) -> Bool {
    guard let newer = other.stored, let own = one.stored ?? one.read else { return false }
    return newer > own
  }

  /// Completes `communicates` to everything that one access may hand on to another: rf | (mo | fr) ; rf?.
  private mutating func addReadsOfOverwriting() {
    let once = communicates
    for first in accesses.indices { communicates[first] = union(of: once, over: once[first], with: once[first]) }
  }

  /// Whether the operations can be put into a total order.
  var isAcyclic: Bool {
    let nodes = accesses.indices.filter { accesses[$0].isSequential }
    var left = nodes.map { (node: $0, followers: followers(of: $0)) }
    while !left.isEmpty {
      let rest = left.filter { one in left.contains { isSet(one.node, $0.followers) } }
      if rest.count == left.count { return false }
      left = rest
    }
    return true
  }

  /// Returns the sequentially consistent operations that must come after a given one.
  private func followers(of node: Int) -> Row {
    var starts = empty
    set(node, &starts)
    if accesses[node].isFence { starts = merged(starts, happens[node]) }
    let inner = union(of: happens, over: union(of: precedesElsewhere, over: starts))
    var reached = merged(union(of: direct, over: starts), union(of: precedesElsewhere, over: inner))
    var beforeFences = reached
    if accesses[node].isFence {
      // Between two fences, communication from the first to the second counts, too.
      beforeFences = merged(beforeFences, union(of: communicates, over: happens[node]))
      beforeFences = merged(beforeFences, happens[node])
    }
    for fence in accesses.indices where accesses[fence].isFence && accesses[fence].isSequential {
      if accesses.indices.contains(where: { isSet($0, beforeFences) && ($0 == fence || isSet(fence, happens[$0])) }) {
        set(fence, &reached)
      }
    }
    return reached
  }

  private var empty: Row { Row(repeating: 0, count: words) }

  private func set(_ index: Int, _ row: inout Row) { row[index / 64] |= 1 << UInt64(index % 64) }

  private func isSet(_ index: Int, _ row: Row) -> Bool { row[index / 64] >> UInt64(index % 64) & 1 == 1 }

  private func merged(_ left: Row, _ right: Row) -> Row { zip(left, right).map { $0 | $1 } }

  private func union(of rows: [Row], over members: Row, with start: Row? = nil) -> Row {
    var result = start ?? empty
    for word in 0..<words {
      forEachBit(members[word]) { bit in
        for index in 0..<words { result[index] |= rows[word * 64 + bit][index] }
      }
    }
    return result
  }
}
