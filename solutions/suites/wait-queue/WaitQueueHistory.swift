import LabKernel
import VisibleChecks

/// A scene in which one CPU after the other does something, while all others stand still: a history of the line.
///
/// What must come of each deed follows from the rules, so that histories can be drawn: who sleeps and who is awake, in
/// which way, in which order, for the first time or again. A deed is left out where the sheet allows different lines,
/// and they disagree on what comes of it.
struct WaitQueueHistory {
  /// What may occur in a history.
  enum Kind {
    /// Only the queue wakes tasks.
    case queueOnly
    /// Tasks are woken past the queue, too.
    case wokenPastTheQueue
    /// The same, and each CPU calls with interrupts on and off: asked is how calls leave them, and nothing else.
    case interrupts
  }

  private let kind: Kind
  private var lines: [WaitQueueLine]
  private var steps: [[WaitQueueLab.Step]]
  /// The CPUs whose tasks are in `park()`.
  private var parked: Set<Int> = []
  private var woken: [[Int]] = []
  private var signals = 0
  /// Whether the next deed is done with interrupts off.
  private var isOff = false

  private init(_ kind: Kind, cpus: Int) {
    self.kind = kind
    lines = [WaitQueueLine(cpus: cpus)]
    steps = Array(repeating: [], count: cpus)
  }

  /// Histories of two, three and four CPUs, from the shortest on.
  static func drawn(_ kind: Kind, _ count: Int, lengths: ClosedRange<Int>, seed: UInt64) -> [WaitQueueLab.Scene] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { number in
      let length = lengths.lowerBound + number * lengths.count / count
      var history = WaitQueueHistory(kind, cpus: number % 5 == 0 ? 2 : 3 + number % 2)
      var left = 8 * length
      while history.woken.count < length, left > 0 {
        history.goOn(&random)
        left -= 1
      }
      return history.scene(&random)
    }
  }

  private var cpus: Range<Int> { steps.indices }

  /// All that are left are woken, and the CPUs are given the roles of others.
  private func scene(_ random: inout RandomSource) -> WaitQueueLab.Scene {
    var ended = self
    ended.isOff = false
    if lines[0].isAsleep[0] { ended.perform(.finishWait, by: 0, [.finishWait]) }
    ended.perform(.wakeUpAll, by: 0, [.wakeUpAll])
    for cpu in cpus where ended.parked.isEmpty && ended.lines.contains(where: { $0.cpus.contains(cpu) }) {
      ended.perform(.finishWait, by: cpu, [.finishWait])
    }
    let scene = WaitQueueLab.Scene(
      ended.steps, woken: kind == .interrupts ? nil : ended.woken, asksForInterrupts: kind == .interrupts)
    return scene.withRoles(random.shuffled(Array(cpus)))
  }

  /// One more deed, or none if what was drawn cannot be done.
  private mutating func goOn(_ random: inout RandomSource) {
    let cpu = random.draw(cpus.lowerBound...cpus.upperBound - 1)
    let isExclusive = !random.oneIn(3)
    isOff = kind == .interrupts && random.oneIn(2)
    switch random.draw(0...11) {
    case 0...3 where cpu > 0 && !parked.contains(cpu):
      perform(
        .prepareToWait(exclusive: isExclusive), by: cpu, [.prepareToWait(exclusive: isExclusive), .park], parks: true)
    case 4 where !parked.contains(cpu):
      perform(.prepareToWait(exclusive: isExclusive), by: cpu, [.prepareToWait(exclusive: isExclusive)])
    case 5 where !parked.contains(cpu): perform(.finishWait, by: cpu, [.finishWait])
    case 6...8 where mayWake(cpu): perform(.wakeUp, by: cpu, [.wakeUp])
    case 9 where mayWake(cpu) && random.oneIn(2): perform(.wakeUpAll, by: cpu, [.wakeUpAll])
    case 9...11 where kind != .queueOnly && lines[0].isAsleep[cpu]: perform(.wake(cpu), by: 0, [.wake(cpu)])
    default: break
    }
  }

  /// Whether a CPU may wake others: a CPU that is about to sleep does not.
  private func mayWake(_ cpu: Int) -> Bool { !lines[0].isAsleep[cpu] && lines.contains { !$0.cpus.isEmpty } }

  /// Does a deed, if all lines that are allowed agree on what comes of it.
  private mutating func perform(
    _ deed: WaitQueueLine.Deed, by cpu: Int, _ calls: [WaitQueueLab.Step], parks: Bool = false
  ) {
    var after: [WaitQueueLine] = []
    for line in lines.flatMap({ $0.after(deed, by: cpu) }) where !after.contains(line) { after.append(line) }
    guard let first = after.first, after.allSatisfy({ $0.isAsleep == first.isAsleep }) else { return }
    lines = after
    if parks { parked.insert(cpu) }
    let awake = parked.filter { !first.isAsleep[$0] }
    parked.subtract(awake)
    woken.append(awake.sorted())
    let calls = isOff ? [.irqSave] + calls + [.irqRestore] : calls
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
