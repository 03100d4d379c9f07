import LabHarness
import LabKernel
import SynchronizationChecks

/// A scene in which one CPU after the other does something with the lock, while all others stand still.
///
/// The result of each call follows from the rules, so such histories can be drawn: which CPUs have held the lock, how
/// often and by which call, which came first, and which tried in vain.
struct TicketLockHistory {
  /// What a history checks.
  enum Kind {
    /// The order in which the CPUs acquire the lock.
    case order
    /// How calls leave interrupts, which are on or off; at most one CPU waits, so any lock will do as well as a fair
    /// one.
    case interrupts
  }

  private let kind: Kind
  private let tries: Bool
  private var steps: [[TicketLockLab.Step]]
  private var holder: Int?
  /// The CPUs that wait in `lock()`, in the order in which they came.
  private var line: [Int] = []
  private var order: [Int] = []
  private var deeds = 0
  private var signals = 0

  private init(_ kind: Kind, tries: Bool, cpus: Int) {
    self.kind = kind
    self.tries = tries
    steps = Array(repeating: [], count: cpus)
  }

  /// Draws histories of three and four CPUs, from the shortest to the longest.
  ///
  /// - Parameter tries: whether they contain a `tryLock()`.
  static func drawn(
    _ kind: Kind, tries: Bool, _ count: Int, lengths: ClosedRange<Int>, seed: UInt64
  ) -> [TicketLockLab.Scene] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { number in
      let length = lengths.lowerBound + number * lengths.count / count
      var history = TicketLockHistory(kind, tries: tries, cpus: 3 + number % 2)
      var left = 8 * length
      while history.deeds < length, left > 0 {
        history.goOn(&random)
        left -= 1
      }
      while let holder = history.holder { history.unlock(holder, isOff: false) }
      let scene = TicketLockLab.Scene(
        history.steps, protected: .presence, order: kind == .order ? history.order : [],
        asksForInterrupts: kind == .interrupts)
      return scene.withRoles(random.shuffled(Array(scene.cpus.indices)))
    }
  }

  /// Makes a scene with a lock that is never free: three CPUs come again and again, and one waits whenever one comes.
  static func crowd(arrivals: Int) -> TicketLockLab.Scene {
    var history = TicketLockHistory(.order, tries: false, cpus: 4)
    for cpu in 1...3 { history.lock(cpu, isOff: false) }
    for arrival in 0..<arrivals {
      let cpu = 1 + arrival % 3
      history.unlock(cpu, isOff: false)
      history.lock(cpu, isOff: false)
    }
    while let holder = history.holder { history.unlock(holder, isOff: false) }
    return TicketLockLab.Scene(history.steps, protected: .presence, order: history.order)
  }

  /// Adds one more call, or none if what was drawn cannot be done.
  ///
  /// CPU 0, which directs the others, never waits.
  private mutating func goOn(_ random: inout RandomSource) {
    let cpu = random.draw(0...steps.count - 1)
    let isOff = kind == .interrupts && random.oneIn(2)
    let isIdle = cpu != holder && !line.contains(cpu)
    switch random.draw(0...9) {
    case 0...3 where isIdle && (cpu > 0 || holder == nil) && (kind == .order || line.isEmpty): lock(cpu, isOff: isOff)
    case 4 where isIdle && holder == nil: pass(cpu, random.draw(1...3), isOff: isOff)
    case 5...6 where tries && !line.contains(cpu): tryLock(cpu, isOff: isOff)
    default: if let holder, !line.isEmpty || random.oneIn(3) { unlock(holder, isOff: isOff) }
    }
  }

  private mutating func lock(_ cpu: Int, isOff: Bool) {
    if holder == nil { enter(cpu) } else { line.append(cpu) }
    perform([.lock], by: cpu, isOff: isOff)
  }

  private mutating func tryLock(_ cpu: Int, isOff: Bool) {
    let isFree = holder == nil
    if isFree { enter(cpu) }
    perform([.tryLock(isFree ? .taken : .refused)], by: cpu, isOff: isOff)
  }

  /// Acquires a free lock and releases it, this many times.
  private mutating func pass(_ cpu: Int, _ count: Int, isOff: Bool) {
    order += Array(repeating: cpu, count: count)
    perform(.rounds(count), by: cpu, isOff: isOff)
  }

  private mutating func unlock(_ cpu: Int, isOff: Bool) {
    holder = nil
    if !line.isEmpty { enter(line.removeFirst()) }
    perform([.unlock], by: cpu, isOff: isOff)
  }

  private mutating func enter(_ cpu: Int) {
    holder = cpu
    order.append(cpu)
  }

  private mutating func perform(_ calls: [TicketLockLab.Step], by cpu: Int, isOff: Bool) {
    let calls = isOff ? [.irqSave] + calls + [.irqRestore] : calls
    if cpu == 0 {
      steps[0] += calls
    } else {
      steps[0].append(.signal(signals))
      steps[cpu] += [.wait(signals)] + calls
      signals += 1
    }
    steps[0].append(.untilQuiet)
    deeds += 1
  }
}
