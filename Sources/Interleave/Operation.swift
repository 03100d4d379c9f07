/// What a CPU is about to do: its code requests it, and the machine carries it out.
struct Operation: Sendable, Equatable {
  /// The kind of operation.
  enum Kind: Int, Sendable, CaseIterable {
    /// Atomic operations.
    case load, store, exchange, add, compareExchange
    /// Waits until the location holds a value that satisfies a condition in the code.
    case await
    /// Waits likewise, but asleep: only the report differs.
    case park
    /// A memory fence.
    case fence
    /// A turn of a loop that waits; with an operand, a wait until no other process can go on.
    case relax
    /// Plain memory.
    case cellRead, cellWrite, cellFree
    /// Enters and leaves a critical section: plain writes to the section's own cell.
    case enter, leave
    /// Turns interrupts off, and restores them.
    case irqSave, irqRestore
    /// An observation by the code: `location` is the index of its name.
    case observe
    /// The CPU starts or stops holding the exclusive resource: `operand` is 1 or 0.
    case holds
    /// The subject is called: `location` is the index of the call's name. The call returns `operand`, to be read as
    /// `expected` says (see ``Answer``), or runs the callback of that number.
    case call, returns, callback
    /// The code was cut short: `operand` says why.
    case trap
    /// The code is done.
    case end
  }

  var kind: Kind
  /// The location, or -1.
  var location = -1
  var ordering: Ordering = .relaxed
  /// The value that is stored, added or reported.
  var operand = 0
  /// The value that a `compareExchange` expects.
  var expected = 0
  /// Its place in the code: an index into the unfolding's sources.
  var source = 0

  /// Whether other CPUs may be interleaved before it.
  ///
  /// That is not so for plain memory: code without data races cannot tell the difference, and a race is found in any
  /// order.
  var isSchedulingPoint: Bool {
    switch kind {
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .fence, .relax: true
    case .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore: false
    case .observe, .holds, .call, .returns, .callback, .trap, .end: false
    }
  }

  /// Whether it waits until no other process can go on: only the harness may, because a subject must not know.
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

  /// Whether it marks that a subject is entered or left.
  var isOfSubject: Bool { kind == .call || kind == .returns || kind == .callback }
  /// Whether it does nothing to the machine and only reports something to the judge.
  var isRemark: Bool { kind == .observe || kind == .holds || isOfSubject }
  /// Whether it left everything unchanged, as a loop that waits does over and over.
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
  /// Whether the CPU holds the exclusive resource from here on.
  var isBeginning: Bool { kind == .enter || kind == .holds && operand != 0 }

  /// Whether it may write to its atomic location.
  var isUpdate: Bool { kind == .exchange || kind == .add || kind == .compareExchange }
  /// Whether it reads its atomic location.
  var isRead: Bool { kind == .load || kind == .await || kind == .park || isUpdate }
}

/// What a call of a subject returns.
enum Answer: Int, Sendable {
  case nothing, number, truth
}

/// Why code was cut short, as the operand of a `trap`.
enum TrapCause: Int, Sendable, CaseIterable {
  /// It trapped: an index out of range, an overflow, a nil.
  case trapped
  /// It ran for a long time without touching shared memory.
  case endlessLoop
  /// It ran over the end of its stack.
  case stackOverflow
  /// It performed more than `Limits.stepsOfCode` operations.
  case tooLong
}
