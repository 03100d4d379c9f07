public import Interleave
public import LabKernel

/// The seqlock lab: CPUs and interrupt handlers that read and write a pair of numbers at the same time.
public enum SeqlockLab: InterleavingLab {
  /// Any sequence lock.
  public typealias Component = any SequenceLock.Type

  /// Which CPU reads and writes when.
  ///
  /// Each write puts a number of its own into both halves of the pair: the first write of CPU 0 has 1, the next 2, and
  /// so on through all CPUs and interrupts. The pair begins as 0 and 0.
  public struct Scene: Codable, Sendable, Equatable {
    /// What each CPU does, one after the other.
    public var cpus: [[Act]]
    /// The interrupts, each with the CPU that it comes to.
    public var interrupts: [Interrupt]
    /// Whether to report interrupts that are on or off where they must not be.
    public var isWatched: Bool

    /// A scene.
    public init(_ cpus: [[Act]], interrupts: [Interrupt] = [], isWatched: Bool = false) {
      self.cpus = cpus
      self.interrupts = interrupts
      self.isWatched = isWatched
    }
  }

  /// One use of the pair, or one step of an order between CPUs.
  public enum Act: Codable, Sendable, Hashable {
    /// Reads the pair, as often as the lock says.
    case read
    /// Reads the pair, and gives up if it is told to retry.
    case readOnce
    /// Reads the pair with interrupts off before and after.
    case maskedRead
    /// Reads the pair, and within that read section reads it once more from beginning to end.
    case readAround
    /// Reads one half, waits for a signal, and reads the other half, as often as the lock says.
    case readUntil(Int)
    /// Writes the pair.
    case write
    /// Writes the pair between `irqSave` and `irqRestore` of its own.
    case maskedWrite
    /// Writes the pair, and waits for a signal within the write.
    case writeUntil(Int)
    /// Begins a read section, writes the pair within it, and asks whether to retry.
    case writeWithin
    /// Gives a signal, which orders nothing.
    case signal(Int)
    /// Waits for a signal, which orders nothing.
    case wait(Int)
    /// Gives a signal; everything that this CPU did before comes before it.
    case release(Int)
    /// Waits for a signal; everything that comes before the signal comes before what this CPU does next.
    case acquire(Int)
    /// Begins read sections, and asks whether to retry only after the CPUs that overtake have written.
    case overtaken([Int])
    /// Writes the pair this often in each read section of the CPU that is overtaken; several CPUs do so in their order.
    case overtakes([Int])

    /// The number of writes that it is, each with a number of its own.
    package var writes: Int {
      switch self {
      case .read, .readOnce, .maskedRead, .readAround, .readUntil, .overtaken: 0
      case .signal, .wait, .release, .acquire: 0
      case .write, .maskedWrite, .writeUntil, .writeWithin: 1
      case .overtakes(let counts): counts.reduce(0, +)
      }
    }
  }

  /// An interrupt that comes once.
  public struct Interrupt: Codable, Sendable, Equatable {
    /// The CPU to which it comes.
    public var cpu: Int
    /// What its handler does, one after the other.
    public var acts: [Act]

    /// An interrupt.
    public init(on cpu: Int, _ acts: Act...) {
      self.cpu = cpu
      self.acts = acts
    }
  }

  /// Sets up the CPUs and interrupts of a scene.
  public static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp {
    { scenario in
      let lock = scenario.subject(component, calls: calls) { component, _ in component.init() }
      let desk = SeqlockDesk(lock, scene)
      desk.name(in: &scenario)
      var number = 1
      for (cpu, acts) in scene.cpus.enumerated() {
        let first = number
        scenario.cpu { desk.carryOut(acts, of: cpu, numbersFrom: first) }
        number += acts.writes
      }
      for interrupt in scene.interrupts {
        let first = number
        scenario.interrupt(on: interrupt.cpu) { desk.carryOut(interrupt.acts, of: nil, numbersFrom: first) }
        number += interrupt.acts.writes
      }
    }
  }

  /// Returns what is wrong: a reader has read what no write left, or has read too often or not often enough, or
  /// interrupts were left on or off where they must not be.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    for told in outcome.observations {
      switch told.name {
      case SeenOfSeqlock.content:
        return "CPU \(told.cpu): readRetry returned false although \(told.value) writes came after readBegin"
      case SeenOfSeqlock.interruptsInWrite:
        return "CPU \(told.cpu) has interrupts on between writeBegin and writeEnd"
      case SeenOfSeqlock.interruptsInRead:
        return
          "CPU \(told.cpu) has interrupts \(words(told.value)) between readBegin and readRetry, but not before "
          + "readBegin"
      case SeenOfSeqlock.interruptsAfterRead:
        return "CPU \(told.cpu) has interrupts \(words(told.value)) after a read section, but not before it"
      case SeenOfSeqlock.interruptsAfterWrite:
        return "CPU \(told.cpu) has interrupts \(words(told.value)) after a write section, but not before it"
      case SeenOfSeqlock.repeated:
        return "CPU \(told.cpu) read the pair \(told.value) times although no write overlapped it"
      default: continue
      }
    }
    guard let torn = readings(in: outcome).first(where: { $0.first != $0.second }) else { return nil }
    return "CPU \(torn.cpu) read \(torn.first) and \(torn.second), " + Self.torn
  }

  /// The name of the count of turns, by which a reading CPU and those that overtake it wait for each other.
  package static let turnName = "whose turn"

  /// How the complaint about a torn reading ends.
  package static let torn = "which no write left together"

  private static func words(_ flags: Int) -> String { flags == 0 ? "off" : "on" }

  /// Returns all that was read in an execution, in the order in which the read sections ended.
  package static func readings(in outcome: Outcome) -> [Reading] {
    var readings: [Reading] = []
    var half: (cpu: Int, first: Int, second: Int) = (-1, 0, 0)
    for told in outcome.observations {
      switch told.name {
      case SeenOfSeqlock.first: half = (told.cpu, told.value, 0)
      case SeenOfSeqlock.second: half.second = told.value
      case SeenOfSeqlock.passes:
        readings.append(Reading(cpu: told.cpu, first: half.first, second: half.second, passes: told.value))
      default: break
      }
    }
    return readings
  }

  /// What a CPU has read.
  package struct Reading: Equatable {
    /// The CPU.
    package var cpu: Int
    /// One half of the pair.
    package var first: Int
    /// Its other half.
    package var second: Int
    /// How often it was read until the lock said that no retry was needed.
    package var passes: Int
  }
}

/// The names of what the desk observes.
enum SeenOfSeqlock {
  /// The halves that a read section ended with, and how often it was begun.
  static let first = "first"
  static let second = "second"
  static let passes = "passes"
  /// A read section that no write overlapped was retried; the value is how often it was begun.
  static let repeated = "read again without a write"
  /// A read section was not retried although this many writes came in between.
  static let content = "not sent back after"
  /// Interrupts are on in a write section.
  static let interruptsInWrite = "interrupts on in a write"
  /// Interrupts in a read section are not as they were before it; the value is what they are.
  static let interruptsInRead = "interrupts in a reading"
  /// Interrupts are not as they were before; the value is what they are.
  static let interruptsAfterRead = "interrupts after a reading"
  static let interruptsAfterWrite = "interrupts after a write"
}

extension SeqlockLab.Scene {
  /// The number of writes.
  package var writes: Int { cpus.joined().writes + interrupts.reduce(0) { $0 + $1.acts.writes } }

  /// The number of signals.
  var signals: Int {
    let numbers = (cpus.joined() + interrupts.flatMap(\.acts)).compactMap(\.signalNumber)
    return (numbers.max() ?? -1) + 1
  }

  /// Whether a write of another CPU or of a handler may overlap an act, rather than being ordered before or after it.
  package func mayMeetWrite(_ cpu: Int, act index: Int) -> Bool {
    if interrupts.contains(where: { $0.acts.writes > 0 }) { return true }
    let before = cpus[cpu][..<index]
    let after = cpus[cpu][(index + 1)...]
    if before.contains(where: { $0.isOvertaken }) { return false }
    return cpus.indices.contains { other in
      other != cpu
        && cpus[other].indices.contains { number in
          guard cpus[other][number].writes > 0 else { return false }
          let earlier = cpus[other][..<number]
          let later = cpus[other][(number + 1)...]
          return !isOrdered(later, before) && !isOrdered(after, earlier)
        }
    }
  }

  /// Whether some acts give a signal, with ordering, for which others wait.
  private func isOrdered(_ givers: ArraySlice<SeqlockLab.Act>, _ waiters: ArraySlice<SeqlockLab.Act>) -> Bool {
    givers.contains { giver in
      guard case .release(let number) = giver else { return false }
      return waiters.contains(.acquire(number))
    }
  }
}

extension SeqlockLab.Act {
  /// The number of the signal that it gives or waits for, or nil.
  fileprivate var signalNumber: Int? {
    switch self {
    case .signal(let number), .wait(let number), .release(let number), .acquire(let number): number
    case .readUntil(let number), .writeUntil(let number): number
    case .read, .readOnce, .maskedRead, .readAround, .write, .maskedWrite, .writeWithin: nil
    case .overtaken, .overtakes: nil
    }
  }

  /// Whether it is the act of the CPU that is overtaken.
  package var isOvertaken: Bool {
    if case .overtaken = self { return true }
    return false
  }

  /// Whether it writes within the read sections of another CPU.
  package var overtakes: Bool {
    if case .overtakes = self { return true }
    return false
  }
}

extension Sequence<SeqlockLab.Act> {
  /// The number of writes in all.
  package var writes: Int { reduce(0) { $0 + $1.writes } }
}
