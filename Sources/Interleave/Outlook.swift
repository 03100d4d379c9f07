/// What comes of a loop in which a CPU looks and sees nothing new, as long as nothing changes.
enum Outlook: Int, Sendable, CaseIterable {
  /// The code soon does something else, or looks at something else: it is no wait.
  case leaves
  /// It gives up, after more looks than are all looked at: where a change comes late, that is not seen.
  case leavesLate
  /// It looks forever: it has come back to where it was.
  case turnsForEver
  /// It stores while it waits, or counts, and does not come to an end: only its first turn is looked at.
  case isUnknown

  /// Whether a CPU in such a loop goes on only when something has changed.
  var isWait: Bool { self == .turnsForEver || self == .isUnknown }
  /// Whether there is more to the loop than what is looked at.
  var isCut: Bool { self == .leavesLate || self == .isUnknown }
}

/// One code that runs by itself while no other touches memory, from some moment on: what it sees, and whether it has
/// come to do something else than to look.
struct Solitude {
  /// The locations that it may look at, a bit each: all others might hold anything.
  private let watched: UInt64
  /// What it saw or stored last, by location.
  private var values: [Int: Int] = [:]
  private var letsInterruptsIn = true
  /// Whether it has stored something since.
  private(set) var hasStored = false

  /// After the operations of a path, each with its result.
  init(after path: [(operation: Operation, result: Int)], watching watched: UInt32) {
    self.watched = UInt64(watched)
    for (operation, result) in path { note(operation, result) }
  }

  /// What the next operation results in, or nil if it is neither a store nor a look at a place that is watched.
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

  /// A number that is the same where it would be told the same from here on.
  var fingerprint: Int {
    let interrupts = letsInterruptsIn ? 1 : 0
    // What was only looked at is as it was.
    guard hasStored else { return interrupts }
    return values.keys.sorted().reduce(interrupts) { ($0 &* 31 &+ $1) &* 31 &+ (values[$1] ?? 0) }
  }

  private mutating func takeInterruptsOff() -> Int {
    defer { letsInterruptsIn = false }
    return letsInterruptsIn ? 1 : 0
  }

  private mutating func watchedResult(of operation: Operation) -> Int? {
    var result = 0
    // It may store anywhere; what it would see there later, others may change.
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
  /// Runs the code on by itself, until it does something else than to look, or is where it was, or for long.
  ///
  /// Afterwards it stands wherever that led. What it keeps outside its stack is not seen: so it is followed for a
  /// while also where its stack is as it was.
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
