public import Interleave

/// The seqlock lab: CPUs and interrupts that read and write a pair of numbers beside each other.
public enum SeqlockLab: InterleavingLab {
  /// Any sequence lock.
  public typealias Component = any SequenceLock.Type

  /// The name of the lab.
  public static let slug = "seqlock"

  /// Who reads and writes.
  ///
  /// Each write puts a number of its own into both halves of the pair: the first write of CPU 0 has 1, the next 2,
  /// and so on through all CPUs and interrupts. The pair begins as 0 and 0.
  public struct Scene: Codable, Sendable, Equatable {
    /// What each CPU does, one after the other.
    public var cpus: [[Act]]
    /// The interrupts, each with the CPU that it comes to.
    public var interrupts: [Interrupt]

    /// A scene.
    public init(_ cpus: [[Act]], interrupts: [Interrupt] = []) {
      self.cpus = cpus
      self.interrupts = interrupts
    }
  }

  /// One use of the pair.
  public enum Act: String, Codable, Sendable {
    /// Reads the pair, as often as the lock says.
    case read
    /// Writes the pair.
    case write
    /// Writes the pair between `irqSave` and `irqRestore` of its own, and uses what only they protect.
    case maskedWrite
    /// Tells the others that it has come so far, and orders nothing by that.
    case signal
    /// Waits until another has told, and orders nothing by that.
    case wait
    /// Begins readings, and asks whether to read again only after another CPU has written, more often each time.
    case overtaken
    /// Writes the pair so often as it takes, each time that another CPU has begun a reading.
    case overtakes

    /// How many writes it is, each with a number of its own.
    package var writes: Int {
      switch self {
      case .read, .signal, .wait, .overtaken: 0
      case .write, .maskedWrite: 1
      case .overtakes: overtakingWrites.reduce(0, +)
      }
    }
  }

  /// An interrupt that comes once.
  public struct Interrupt: Codable, Sendable, Equatable {
    /// The CPU to which it comes.
    public var cpu: Int
    /// What its handler does.
    public var act: Act

    /// An interrupt.
    public init(on cpu: Int, _ act: Act) {
      self.cpu = cpu
      self.act = act
    }
  }

  /// The CPUs and interrupts of a scene.
  public static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp {
    { scenario in
      let lock = scenario.subject(component, calls: calls) { component, _ in component.init() }
      let desk = SeqlockDesk(lock, writes: scene.writes)
      desk.name(in: &scenario)
      var number = 1
      for acts in scene.cpus {
        let first = number
        scenario.cpu { desk.carryOut(acts, numbersFrom: first) }
        number += acts.writes
      }
      for interrupt in scene.interrupts {
        let first = number
        scenario.interrupt(on: interrupt.cpu) { desk.carryOut([interrupt.act], numbersFrom: first) }
        number += interrupt.act.writes
      }
    }
  }

  /// Whether a reader has read what nobody wrote, or more often than it must, or less often.
  public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
    if let content = outcome.observations.first(where: { $0.name == "not sent back after" }) {
      return "CPU \(content.cpu): readRetry said no although there were \(content.value) writes since readBegin"
    }
    for reading in readings(in: outcome) {
      if reading.first != reading.second {
        return "CPU \(reading.cpu) read \(reading.first) and \(reading.second), which nobody wrote together"
      }
      if reading.passes > 1, !scene.hasWrites(besideThoseOf: reading.cpu) {
        return "CPU \(reading.cpu) read the pair \(reading.passes) times although nobody else writes"
      }
    }
    return nil
  }

  /// All that was read in an execution, in the order in which the readings were over.
  package static func readings(in outcome: Outcome) -> [Reading] {
    var readings: [Reading] = []
    var half: (cpu: Int, first: Int, second: Int) = (-1, 0, 0)
    for told in outcome.observations {
      switch told.name {
      case "first": half = (told.cpu, told.value, 0)
      case "second": half.second = told.value
      case "passes":
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
    /// The pair.
    package var first: Int
    /// Its other half.
    package var second: Int
    /// How often it was read until the lock was content.
    package var passes: Int
  }
}

extension SeqlockLab.Scene {
  /// How many writes there are.
  package var writes: Int {
    cpus.joined().writes + interrupts.map(\.act).writes
  }

  /// Whether a reading of a CPU can meet a write.
  fileprivate func hasWrites(besideThoseOf cpu: Int) -> Bool {
    interrupts.map(\.act).writes > 0 || cpus.indices.contains { $0 != cpu && cpus[$0].writes > 0 }
  }
}

extension Sequence<SeqlockLab.Act> {
  /// How many writes there are in all.
  fileprivate var writes: Int { reduce(0) { $0 + $1.writes } }
}

/// How many writes come into each of the readings of ``SeqlockLab/Act/overtaken``.
///
/// The larger numbers are for counters that come around too soon, the many readings for those that lose patience.
private let overtakingWrites = [1, 1, 1, 1, 2, 4, 8]

/// What the codes of a scene share, and how they use it.
private struct SeqlockDesk {
  private let lock: Subject<any SequenceLock>
  private let first = Atomic(0)
  private let second = Atomic(0)
  private let section = CriticalSection()
  private let masked = CriticalSection()
  /// Counts the readings that have been overtaken, twice each: even where one has to begin, odd where writes have to.
  private let turn = Atomic(0)
  private let told = Atomic(0)
  /// How many writes there are.
  private let writes: Int

  init(_ lock: Subject<any SequenceLock>, writes: Int) {
    self.lock = lock
    self.writes = writes
  }

  func name(in scenario: inout Scenario) {
    scenario.name(first, "first")
    scenario.name(second, "second")
    scenario.name(section, "write")
    scenario.name(masked, "interrupts off")
    scenario.name(turn, "turn")
    scenario.name(told, "told")
  }

  func carryOut(_ acts: [SeqlockLab.Act], numbersFrom number: Int) {
    var number = number
    for act in acts {
      switch act {
      case .read: read()
      case .write: write(number)
      case .maskedWrite: maskedWrite(number)
      case .signal: told.store(1, ordering: .relaxed)
      case .wait: told.spin(until: { $0 == 1 }, ordering: .relaxed)
      case .overtaken: overtaken()
      case .overtakes: overtake(numbersFrom: number)
      }
      number += act.writes
    }
  }

  private func maskedWrite(_ number: Int) {
    let flags = irqSave()
    masked.enter()
    write(number)
    masked.leave()
    irqRestore(flags)
  }

  private func overtaken() {
    for (round, count) in overtakingWrites.enumerated() {
      let start: Int = lock.call("readBegin()") { $0.readBegin() }
      turn.store(2 * round + 1, ordering: .releasing)
      turn.spin(until: { $0 == 2 * round + 2 }, ordering: .acquiring)
      let isSentBack: Bool = lock.call("readRetry(\(start))") { $0.readRetry(start) }
      if !isSentBack { observe("not sent back after", count) }
    }
  }

  private func overtake(numbersFrom first: Int) {
    var number = first
    for (round, count) in overtakingWrites.enumerated() {
      turn.spin(until: { $0 == 2 * round + 1 }, ordering: .acquiring)
      for _ in 0..<count {
        write(number)
        number += 1
      }
      turn.store(2 * round + 2, ordering: .releasing)
    }
  }

  private func read() {
    var pair = (0, 0)
    var start = 0
    var passes = 0
    while true {
      start = lock.call("readBegin()") { $0.readBegin() }
      pair = (first.load(ordering: .relaxed), second.load(ordering: .relaxed))
      // No more is told than that they are many, so that a loop that waits comes back to where it was.
      passes = min(passes + 1, writes + 2)
      guard lock.call("readRetry(\(start))", { $0.readRetry(start) }) else { break }
      // A reader that is sent back more often than there are writes has not waited in `readBegin`: it does so here.
      if passes > writes { cpuRelax() }
    }
    observe("first", pair.0)
    observe("second", pair.1)
    observe("passes", passes)
  }

  private func write(_ number: Int) {
    let flags: Int = lock.call("writeBegin()") { $0.writeBegin() }
    section.enter()
    first.store(number, ordering: .relaxed)
    second.store(number, ordering: .relaxed)
    section.leave()
    lock.call("writeEnd(\(flags))") { $0.writeEnd(flags) }
  }
}
