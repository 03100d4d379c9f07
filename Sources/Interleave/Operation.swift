/// What a CPU is about to do: the one thing that its code tells, and the machine carries out.
struct Operation: Sendable, Equatable {
  /// What it does.
  enum Kind: Int, Sendable, CaseIterable {
    /// Atomic operations.
    case load, store, exchange, add, compareExchange
    /// Waits until the location holds a value that satisfies a condition of the code's own.
    case await
    /// The same, asleep: only the report differs.
    case park
    /// A memory fence.
    case fence
    /// A turn of a loop that waits; with an operand, waits until no other process can go on.
    case relax
    /// Plain memory.
    case cellRead, cellWrite, cellFree
    /// A critical section is entered, and left: plain writes to the section's own cell.
    case enter, leave
    /// Interrupts off, and as they were before.
    case irqSave, irqRestore
    /// Something that the code observed: `location` is the name's index.
    case observe
    /// The CPU holds, or no more, what only one may have: `operand` is 1 or 0.
    case holds
    /// The subject is called: `location` is the name's index. The call comes back with `operand`, which `expected` says
    /// how to read (see ``Answer``), or runs the callback of that number.
    case call, returns, callback
    /// The code broke off: `operand` says why.
    case trap
    /// The code is through.
    case end
  }

  var kind: Kind
  /// The location, or -1.
  var location = -1
  var ordering: Ordering = .relaxed
  /// What is stored, added, or told.
  var operand = 0
  /// What a `compareExchange` wants to find.
  var expected = 0
  /// Where in the code it stands: an index into the unfolding's sources.
  var source = 0

  /// Whether the CPU may be interleaved with others in front of it.
  ///
  /// Plain memory is not: code without data races cannot tell the difference, and a race is found in any order.
  var isSchedulingPoint: Bool {
    switch kind {
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax: true
    case .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore: false
    case .observe, .holds, .call, .returns, .callback, .trap, .end: false
    }
  }

  /// Whether it waits until no other process can go on: the harness's own, for no code of a subject may know.
  var isQuiet: Bool { kind == .relax && operand != 0 }

  /// Whether it names a location.
  var isAtLocation: Bool {
    switch kind {
    case .load, .store, .exchange, .add, .compareExchange, .await, .park: true
    case .cellRead, .cellWrite, .cellFree, .enter, .leave: true
    case .fence, .relax, .irqSave, .irqRestore, .observe, .holds, .call, .returns, .callback, .trap, .end: false
    }
  }

  /// Whether its location is plain memory.
  var isPlain: Bool {
    switch kind {
    case .cellRead, .cellWrite, .cellFree, .enter, .leave: true
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax: false
    case .irqSave, .irqRestore, .observe, .holds, .call, .returns, .callback, .trap, .end: false
    }
  }

  /// Whether it says that a subject is entered or left.
  var isOfSubject: Bool { kind == .call || kind == .returns || kind == .callback }
  /// Whether it does nothing to the machine, and only tells something to whoever judges.
  var isRemark: Bool { kind == .observe || kind == .holds || isOfSubject }
  /// Whether it left everything as it was: what a loop that waits does over and over.
  func isLook(_ result: Int) -> Bool {
    switch kind {
    case .load, .fence, .cellRead, .holds, .call, .returns, .callback: true
    case .exchange: operand == result
    case .compareExchange: expected != result
    case .store, .add, .await, .park, .relax, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore, .observe,
      .trap, .end:
      false
    }
  }
  /// Whether the CPU has from here on what only one may have.
  var isBeginning: Bool { kind == .enter || kind == .holds && operand != 0 }

  /// Whether it may write to its atomic location.
  var isUpdate: Bool { kind == .exchange || kind == .add || kind == .compareExchange }
  /// Whether it reads its atomic location.
  var isRead: Bool { kind == .load || kind == .await || kind == .park || isUpdate }
}

/// What a call of a subject comes back with.
enum Answer: Int, Sendable {
  case nothing, number, truth
}

/// Why code broke off, as the operand of a `trap`.
enum TrapCause: Int, Sendable, CaseIterable {
  /// It trapped: an index out of range, an overflow, a nil.
  case trapped
  /// It went on for long without touching shared memory.
  case endlessLoop
  /// It ran over the end of its stack.
  case stackOverflow
  /// It told more than `Limits.stepsOfCode` operations.
  case tooLong
}
