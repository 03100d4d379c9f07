import LabHarness
import LabKernel
import SynchronizationChecks

/// A scene in which one CPU after the other does something, while all others stand still: a history of the queue.
///
/// The result of each deed follows from the rules, so histories can be drawn: CPUs sleep and are awake, in either way,
/// in any order, for the first time or again. A deed is left out if the sheet allows different queues, and they
/// disagree on its result.
struct WaitQueueHistory {
  /// The kinds of deeds in a history apart from coming and waking one: with few kinds at a time, histories get further
  /// than with all of them.
  ///
  /// - Source: Groce, Zhang, Eide, Chen and Regehr, Swarm testing, ISSTA 2012, doi:10.1145/2338965.2336763.
  private struct Swarm {
    /// Waiting non-exclusively, being queued without sleep, leaving, waking all, waking without the queue.
    let ordinary, staying, finishing, wakingAll, past: Bool

    init(_ kind: Kind, _ random: inout RandomSource) {
      ordinary = random.oneIn(2)
      staying = random.oneIn(3)
      finishing = random.oneIn(3)
      wakingAll = random.oneIn(4)
      past = kind != .queueOnly && !random.oneIn(4)
    }
  }

  /// The kinds of wake-ups in a history.
  enum Kind {
    /// Only the queue wakes tasks.
    case queueOnly
    /// Tasks are also woken without the queue.
    case wokenPastTheQueue
    /// The same, and each CPU calls with interrupts on and off: only how calls leave them is checked.
    case interrupts
  }

  private let kind: Kind
  private var lines: [WaitQueueLine]
  private var steps: [[WaitQueueLab.Step]]
  /// The CPUs whose tasks are in `park()`.
  private var parked: Set<Int> = []
  private var woken: [[Int]] = []
  private var signals = 0
  private var comings = 0
  /// The largest number of times that CPUs are queued: numbers that return later are not judged.
  private static let mostComings = 16
  /// Whether the next deed is done with interrupts off.
  private var isOff = false

  private init(_ kind: Kind, cpus: Int) {
    self.kind = kind
    lines = [WaitQueueLine(cpus: cpus)]
    steps = Array(repeating: [], count: cpus)
  }

  /// Draws histories of two, three and four CPUs, from the shortest to the longest.
  static func drawn(_ kind: Kind, _ count: Int, lengths: ClosedRange<Int>, seed: UInt64) -> [WaitQueueLab.Scene] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { number in
      let length = lengths.lowerBound + number * lengths.count / count
      var history = WaitQueueHistory(kind, cpus: number % 8 < 2 ? 2 + number % 8 : 4)
      let swarm = Swarm(kind, &random)
      var left = 12 * length
      while history.woken.count < length, left > 0 {
        history.goOn(swarm, &random)
        left -= 1
      }
      return history.scene(&random)
    }
  }

  private var cpus: Range<Int> { steps.indices }

  /// Wakes all tasks that are left, and gives the CPUs the roles of others.
  private func scene(_ random: inout RandomSource) -> WaitQueueLab.Scene {
    var ended = self
    ended.isOff = false
    if lines[0].isAsleep[0] { ended.perform(.finishWait, by: 0) }
    ended.perform(.wakeUpAll, by: 0)
    for cpu in cpus where ended.parked.isEmpty && ended.lines.contains(where: { $0.cpus.contains(cpu) }) {
      ended.perform(.finishWait, by: cpu)
    }
    let scene = WaitQueueLab.Scene(
      ended.steps, woken: kind == .interrupts ? nil : ended.woken, asksForInterrupts: kind == .interrupts)
    return scene.withRoles(random.shuffled(Array(cpus)))
  }

  /// Adds one more deed, or none if what was drawn cannot be done.
  private mutating func goOn(_ swarm: Swarm, _ random: inout RandomSource) {
    let cpu = random.draw(cpus.lowerBound...cpus.upperBound - 1)
    let coming = WaitQueueLine.Deed.prepareToWait(exclusive: !(swarm.ordinary && random.oneIn(3)))
    isOff = kind == .interrupts && random.oneIn(2)
    let mayCome = !parked.contains(cpu) && comings < Self.mostComings
    let sleepers = cpus.filter { lines[0].isAsleep[$0] }
    switch random.draw(0...12) {
    case 0...3 where cpu > 0 && mayCome: perform(coming, by: cpu, parks: true)
    case 4...6 where mayWake(cpu): perform(.wakeUp, by: cpu)
    case 7...9 where swarm.past && !sleepers.isEmpty: perform(.wake(random.pick(sleepers)), by: 0)
    case 10 where swarm.staying && mayCome: perform(coming, by: cpu)
    case 11 where swarm.finishing && !parked.contains(cpu): perform(.finishWait, by: cpu)
    case 12 where swarm.wakingAll && mayWake(cpu): perform(.wakeUpAll, by: cpu)
    default: break
    }
  }

  /// Whether a CPU may wake others: a CPU that is about to sleep does not.
  private func mayWake(_ cpu: Int) -> Bool { !lines[0].isAsleep[cpu] && lines.contains { !$0.cpus.isEmpty } }

  /// Does a deed, if all queues that are allowed agree on its result.
  private mutating func perform(_ deed: WaitQueueLine.Deed, by cpu: Int, parks: Bool = false) {
    var after: [WaitQueueLine] = []
    for line in lines.flatMap({ $0.after(deed, by: cpu) }) where !after.contains(line) { after.append(line) }
    guard let first = after.first, after.allSatisfy({ $0.isAsleep == first.isAsleep }) else { return }
    lines = after
    if case .prepareToWait = deed { comings += 1 }
    if parks { parked.insert(cpu) }
    let awake = parked.filter { !first.isAsleep[$0] }
    parked.subtract(awake)
    woken.append(awake.sorted())
    var calls = parks ? [deed.step, .park] : [deed.step]
    calls = isOff ? [.irqSave] + calls + [.irqRestore] : calls
    if cpu == 0 {
      steps[0] += calls
    } else {
      steps[0].append(.signal(signals))
      steps[cpu] += [.wait(signals)] + calls
      signals += 1
    }
    steps[0].append(.untilQuiet)
    if kind != .interrupts, after.allSatisfy({ $0.cpus.isEmpty == first.cpus.isEmpty }) {
      steps[0].append(.isActive(!first.cpus.isEmpty))
    }
  }
}

extension WaitQueueLine.Deed {
  /// The step of a scene that does it.
  fileprivate var step: WaitQueueLab.Step {
    switch self {
    case .prepareToWait(let exclusive): .prepareToWait(exclusive: exclusive)
    case .finishWait: .finishWait
    case .wakeUp: .wakeUp
    case .wakeUpAll: .wakeUpAll
    case .wake(let cpu): .wake(cpu)
    }
  }
}
