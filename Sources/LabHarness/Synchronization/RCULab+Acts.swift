extension RCULab {
  /// One thing that a CPU does.
  public enum Act: Codable, Sendable, Hashable {
    /// Reads each pointer's object in a section.
    case read
    /// The same, with an inner section that ends before the object is read.
    case readNested
    /// Begins a section, or goes one level deeper.
    case enter
    /// Ends a section, or comes up one level.
    case leave
    /// Reads each pointer's object, in a section or where no object is freed.
    case follow
    /// Dereferences each pointer in a section, and reads no object yet.
    case find
    /// Reads the objects that it found.
    case use
    /// Publishes a new object, and leaves the old one as it is.
    case publish
    /// Frees the objects that it has replaced; a grace period must have passed.
    case free
    /// Has a callback free the objects that it has replaced.
    case freeLater
    /// Waits for a grace period.
    case synchronize
    /// Publishes a new object, waits for a grace period, and frees the old one.
    case update
    /// Publishes a new object, waits for a grace period, writes the old one again and publishes it again.
    case putBack
    /// Publishes a new object, and has a callback free the old one.
    case updateLater
    /// The same, and the callback publishes yet another object, and has another callback free the one before that.
    case updateTwiceLater
    /// Asks for a callback that reports that it runs and asks for another: this many in all, one after the other.
    case call(Int)
    /// Asks for a callback that reports that it runs, and does these acts.
    case later([Act])
    /// Waits for the callbacks.
    case barrier
    /// Something with a gate that is no pointer.
    case gate(Gate)
    /// Something with a second pointer to the same object.
    case second(Second)
    /// Gives a signal; everything that this CPU did before comes before it.
    case signal(Int)
    /// Waits for a signal; everything that comes before the signal comes before what this CPU does next.
    case wait(Int)
    /// Checks whether a signal has been given: in some execution it must have been.
    case looks(Int)
    /// Checks whether a signal has been given: in every execution it must have been.
    case finds(Int)
    /// Checks whether a signal has been given: in no execution may it have been.
    case findsNot(Int)
    /// Goes on when no other CPU can.
    case untilQuiet
    /// Marks how far this CPU has come; everything that it did before comes before that.
    case mark(Int)
    /// Waits until a CPU has reached a mark.
    case awaits(cpu: Int, mark: Int)
    /// Checks whether a CPU has reached a mark: in no execution may it have.
    case findsBefore(cpu: Int, mark: Int)
  }

  /// What is done with the gate, a word that no RCU knows of, and with the room behind it, which is plain memory.
  public enum Gate: Codable, Sendable, Hashable {
    /// Shuts the gate, with a store that has no ordering of its own.
    case shut
    /// Reads what is in the room if it finds the gate open; in a section.
    case visit
    /// Writes to the room, in a section.
    case fill
    /// Frees the room: no section may use it any longer.
    case clear
  }

  /// What is done with the second pointer of a scene, which leads to object 0 at first.
  public enum Second: Codable, Sendable, Hashable {
    /// Writes a page, and lets the second pointer lead to the object to which the CPU's own pointer leads.
    case publish
    /// Writes a page, and lets the second pointer lead to the object to which the first pointer leads; in a section.
    case pass
    /// Reads the page if the second pointer leads to another object than at first.
    case follow
    /// Publishes a number there, and dereferences it.
    case carry(Int)
  }
}

extension RCULab.Act {
  /// How many new objects it needs.
  package var updates: Int {
    switch self {
    case .publish, .update, .putBack, .updateLater: 1
    case .updateTwiceLater: 2
    case .later(let acts): acts.reduce(0) { $0 + $1.updates }
    case .read, .readNested, .enter, .leave, .follow, .find, .use, .free, .freeLater, .synchronize: 0
    case .call, .barrier, .gate, .second, .signal, .wait, .looks, .finds, .findsNot, .untilQuiet: 0
    case .mark, .awaits, .findsBefore: 0
    }
  }

  /// How many callbacks it leads to.
  package var callbacks: Int {
    switch self {
    case .updateLater, .freeLater: 1
    case .updateTwiceLater: 2
    case .call(let count): count
    case .later(let acts): acts.reduce(1) { $0 + $1.callbacks }
    case .read, .readNested, .enter, .leave, .follow, .find, .use, .publish, .free, .synchronize: 0
    case .update, .putBack, .barrier, .gate, .second: 0
    case .signal, .wait, .looks, .finds, .findsNot, .untilQuiet, .mark, .awaits, .findsBefore: 0
    }
  }

  /// The highest number of a signal that it gives, waits for or checks, or nil.
  var signalNumber: Int? {
    switch self {
    case .signal(let number), .wait(let number), .looks(let number), .finds(let number): number
    case .findsNot(let number): number
    case .later(let acts): acts.compactMap(\.signalNumber).max()
    case .read, .readNested, .enter, .leave, .follow, .find, .use, .publish, .free, .freeLater, .synchronize: nil
    case .update, .updateLater, .putBack, .updateTwiceLater, .call, .barrier, .gate, .second, .untilQuiet: nil
    case .mark, .awaits, .findsBefore: nil
    }
  }
}

extension RCULab.Act {
  /// Whether it, or an act of its callback, is of that kind.
  func contains(_ isOne: (RCULab.Act) -> Bool) -> Bool {
    if case .later(let acts) = self, acts.contains(where: { $0.contains(isOne) }) { return true }
    return isOne(self)
  }

  /// Whether it needs the gate.
  var isAtTheGate: Bool {
    if case .gate = self { return true }
    return false
  }

  /// Whether it needs the second pointer.
  var isAtTheSecondPointer: Bool {
    if case .second = self { return true }
    return false
  }

  /// Whether it needs the marks of the CPUs.
  var isAboutMarks: Bool {
    if case .mark = self { return true }
    return false
  }
}
