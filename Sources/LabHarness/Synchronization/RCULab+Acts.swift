extension RCULab {
  /// One thing that a CPU does.
  public enum Act: Codable, Sendable, Hashable {
    /// A section in which each pointer's object is read.
    case read
    /// The same, with a section inside the section that is over before the object is read.
    case readNested
    /// Begins a section, or goes one deeper into it.
    case enter
    /// Ends a section, or comes one up.
    case leave
    /// Reads each pointer's object, within a section, or where none is freed.
    case follow
    /// Finds each pointer's object, within a section, and reads none yet.
    case find
    /// Reads the objects that it found.
    case use
    /// Puts a new object in place of the old, and lets the old one be.
    case publish
    /// Frees the objects that it let be; a grace period must have passed.
    case free
    /// Has a callback free the objects that it let be.
    case freeLater
    /// Waits for a grace period.
    case synchronize
    /// Puts a new object in place of the old, waits for a grace period, and frees the old one.
    case update
    /// Puts a new object in place of the old, waits for a grace period, writes the old one again and puts it back.
    case putBack
    /// Puts a new object in place of the old, and has a callback free the old one.
    case updateLater
    /// The same, and the callback puts yet another object in place, and has another callback free the one before that.
    case updateTwiceLater
    /// Has a callback run that tells that it does, and has another run: so many one after the other.
    case call(Int)
    /// Has a callback run that tells that it does, and does these.
    case later([Act])
    /// Waits for the callbacks.
    case barrier
    /// Something with a gate that is no pointer.
    case gate(Gate)
    /// Something with a second pointer to the same object.
    case second(Second)
    /// Gives a signal; all that this CPU did before comes before it.
    case signal(Int)
    /// Waits for a signal; all that comes before the signal comes before what this CPU does next.
    case wait(Int)
    /// Looks whether a signal has been given: in some execution it must have been.
    case looks(Int)
    /// Looks whether a signal has been given: in every execution it must have been.
    case finds(Int)
    /// Looks whether a signal has been given: in no execution may it have been.
    case findsNot(Int)
    /// Goes on when no other CPU can.
    case untilQuiet
    /// Says that this CPU has come so far; all that it did before comes before that.
    case mark(Int)
    /// Waits until a CPU has come so far.
    case awaits(cpu: Int, mark: Int)
    /// Looks how far a CPU has come: in no execution may it have come so far.
    case findsBefore(cpu: Int, mark: Int)
  }

  /// What is done with the gate, a word that no RCU knows of, and with the room behind it, which is plain memory.
  public enum Gate: Codable, Sendable, Hashable {
    /// Shuts the gate, with a store that has no order of its own.
    case shut
    /// Reads what is in the room if the gate is found open; within a section.
    case visit
    /// Writes to the room, within a section.
    case fill
    /// Frees the room: no section may use it any more.
    case clear
  }

  /// What is done with the second pointer of a scene, which leads to object 0 at first.
  public enum Second: Codable, Sendable, Hashable {
    /// Writes a page, and lets the second pointer lead to the object to which the own one leads.
    case publish
    /// Writes a page, and lets the second pointer lead to the object to which the first pointer does; within a section.
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

  /// How many callbacks come of it.
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

  /// The highest number of a signal that is given, waited for or looked at, or nil.
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
  /// Whether it, or what its callback does, is one of those.
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
