import LabHarness
import LabKernel
import SynchronizationChecks

/// Scenes with interrupt handlers, and with interrupts off.
enum TicketLockInterrupts {
  private static let tries: [TicketLockLab.Step] = [.tryLock(.any), .unlock]

  /// All of them, from the plain to the subtle.
  static let scenes = plain + bothWait + TicketLockHistory.drawn(.interrupts, tries: true, 30, lengths: 6...20, seed: 3)

  private static let plain = [
    TicketLockLab.Scene([.rounds(1)], handlers: [tries], protected: .presence),
    TicketLockLab.Scene([.rounds(2), .rounds(1)], handlers: [tries], protected: .presence),
    TicketLockLab.Scene([.rounds(1), .rounds(2)], handlers: [tries], interrupted: 1, protected: .presence),
    TicketLockLab.Scene([tries], handlers: [tries], protected: .presence, oneMustGetIt: true),
    TicketLockLab.Scene([tries, .rounds(1)], handlers: [tries], protected: .presence),
    TicketLockLab.Scene([.rounds(1)], handlers: [tries, tries], protected: .presence),
    TicketLockLab.Scene(
      [[.irqSave, .lock, .unlock, .irqRestore], .rounds(1)], handlers: [.rounds(1)], protected: .presence),
    // The handler tries while its CPU waits in lock().
    TicketLockLab.Scene(
      [[.lock, .wait(0), .unlock], .rounds(1)], handlers: [[.tryLock(.any), .unlock, .signal(0)]], interrupted: 1,
      protected: .presence),
    // CPU 1 stands still in the middle of a call, because its handler waits until CPU 0 has tried.
    TicketLockLab.Scene(
      [[.tryLock(.any), .signal(0), .unlock], .rounds(1)], handlers: [[.wait(0)]], interrupted: 1,
      protected: .presence),
    TicketLockLab.Scene(
      [[.tryLock(.any), .signal(0), .unlock], tries], handlers: [[.wait(0)]], interrupted: 1, protected: .presence),
    // Interrupts are as they were after each call, whatever they were when the lock was acquired.
    TicketLockLab.Scene(
      [[.lock, .irqSave, .unlock, .irqRestore] + [.irqSave, .lock, .irqRestore, .unlock]], asksForInterrupts: true),
    TicketLockLab.Scene(
      [[.tryLock(.taken), .irqSave, .unlock, .irqRestore] + [.irqSave, .tryLock(.taken), .irqRestore, .unlock]],
      asksForInterrupts: true),
    TicketLockLab.Scene([.rounds(1) + tries, .rounds(1) + tries], asksForInterrupts: true),
    TicketLockLab.Scene(
      [[.irqSave] + .rounds(1) + tries + [.irqRestore] + .rounds(1), .rounds(1) + tries], asksForInterrupts: true),
    TicketLockLab.Scene(
      [
        [.lock, .signal(0), .untilQuiet, .unlock, .tryLock(.any), .unlock],
        [.irqSave, .wait(0), .tryLock(.refused), .lock, .unlock, .irqRestore, .tryLock(.any), .unlock],
      ], asksForInterrupts: true),
    TicketLockLab.Scene([.rounds(1)], handlers: [tries], asksForInterrupts: true),
  ]
  /// A handler and its CPU both wait in lock(), one after the other, or try.
  private static let bothWait = [
    TicketLockLab.Scene([takesOff(1), .rounds(2)], handlers: [.rounds(1)], protected: .presence),
    TicketLockLab.Scene([takesOff(1), tries], handlers: [.rounds(1)], protected: .presence),
    TicketLockLab.Scene([tries + .rounds(1), tries], handlers: [tries], protected: .presence),
  ]

  /// Acquires the lock and releases it with interrupts off, this many times.
  private static func takesOff(_ times: Int) -> [TicketLockLab.Step] {
    Array(repeating: [.irqSave, .lock, .unlock, .irqRestore], count: times).flatMap(\.self)
  }
}
