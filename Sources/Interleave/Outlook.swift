/// What a loop in which a CPU looks and sees nothing new leads to, as long as nothing changes.
enum Outlook: Int, Sendable, CaseIterable {
  /// The code soon does something else, or looks at something else: it does not wait.
  case leaves
  /// It gives up, after more looks than are all explored: a change that comes late is missed.
  case leavesLate
  /// It looks forever: it has returned to an earlier state.
  case turnsForEver
  /// It stores or counts while it waits, and has no end in sight: only its first turn is explored.
  case isUnknown

  /// Whether a CPU in such a loop goes on only after something has changed.
  var isWait: Bool { self == .turnsForEver || self == .isUnknown }
  /// Whether part of the loop is not explored.
  var isCut: Bool { self == .leavesLate || self == .isUnknown }
}

/// One code that runs alone while no other touches memory, from some moment on: what it sees, and whether it has
/// started to do anything other than look.
struct Solitude {
  /// The locations that it may look at, one bit each: all others might hold anything.
  private let watched: UInt64
  /// The value that it last saw or stored, by location.
  private var values: [Int: Int] = [:]
  private var letsInterruptsIn = true
  /// Whether it has stored something since.
  private(set) var hasStored = false

  /// Creates the state after the operations of a path, each with its result.
  init(after path: [(operation: Operation, result: Int)], watching watched: UInt32) {
    self.watched = UInt64(watched)
    for (operation, result) in path { note(operation, result) }
  }

  /// Returns the result of the next operation, or nil if it is neither a store nor a look at a watched location.
  mutating func result(of operation: Operation) -> Int? {
    switch operation.kind {
    case .relax: return operation.isQuiet ? nil : 0
    case .fence, .holds, .call, .returns, .callback, .irqRestore: note(operation, 0)
    case .irqSave: return takeInterruptsOff()
    case .load, .exchange, .add, .compareExchange, .store: return watchedResult(of: operation)
    case .cellRead: return values[operation.location]
    case .await, .park, .cellWrite, .cellFree, .enter, .leave, .observe, .trap, .end: return nil
    }
    return 0
  }

  /// A number that is equal for states in which the code would get the same results from here on.
  var fingerprint: Int {
    let interrupts = letsInterruptsIn ? 1 : 0
    // What was only looked at is unchanged.
    guard hasStored else { return interrupts }
    return values.keys.sorted().reduce(interrupts) { ($0 &* 31 &+ $1) &* 31 &+ (values[$1] ?? 0) }
  }

  private mutating func takeInterruptsOff() -> Int {
    defer { letsInterruptsIn = false }
    return letsInterruptsIn ? 1 : 0
  }

  private mutating func watchedResult(of operation: Operation) -> Int? {
    var result = 0
    // It may store anywhere, but what it would see there later, others may change.
    if operation.kind != .store {
      guard watched >> UInt64(operation.location) & 1 == 1, let value = values[operation.location] else { return nil }
      result = value
    }
    if !operation.isLook(result) { hasStored = true }
    note(operation, result)
    return result
  }

  private mutating func note(_ operation: Operation, _ result: Int) {
    switch operation.kind {
    case .load, .await, .park, .cellRead: values[operation.location] = result
    case .store, .exchange, .cellWrite: values[operation.location] = operation.operand
    case .add: values[operation.location] = result &+ operation.operand
    case .compareExchange:
      values[operation.location] = result == operation.expected ? operation.operand : result
    case .irqSave: letsInterruptsIn = false
    case .irqRestore: if operation.operand != 0 { letsInterruptsIn = true }
    case .fence, .relax, .cellFree, .enter, .leave, .observe, .holds, .call, .returns, .callback, .trap, .end: break
    }
  }
}

extension Stage {
  /// Runs the code on alone until it does anything other than look, returns to an earlier state, or reaches a limit.
  ///
  /// Afterwards it stands wherever that led. State outside its stack is not visible, so the code is followed for a
  /// while even after its stack is the same as before.
  func outlook(_ alone: Solitude, leftOfCode: Int) -> Outlook {
    var alone = alone
    var before: Set<Int> = []
    var repeats = 0
    for turn in 0..<Limits.foresight {
      guard let result = alone.result(of: request.operation) else {
        if turn <= Limits.patience { return .leaves }
        return turn < leftOfCode && !alone.hasStored ? .leavesLate : .isUnknown
      }
      answer(result)
      if repeats > 0 || !before.insert(fingerprint &* 31 &+ alone.fingerprint).inserted { repeats += 1 }
      if repeats > Limits.confirmation { return alone.hasStored ? .isUnknown : .turnsForEver }
    }
    return .isUnknown
  }
}
