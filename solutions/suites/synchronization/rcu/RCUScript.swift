import LabHarness
import LabKernel
import SynchronizationChecks

/// What several CPUs do, one step after the other: a scene with one execution, or few.
///
/// A step begins when the one before it is over. A grace period is begun and not waited for: each further step comes
/// when no CPU can go on any longer, and each CPU that leaves a section for which a grace period waits checks whether
/// the grace period ended too early. Once no CPU is in a section, it must be over.
struct RCUScript {
  /// A section that a CPU is in.
  private struct Section: Hashable {
    var cpu: Int
    /// Distinguishes it from other sections of the same CPU.
    var number: Int
  }

  /// A CPU that is in `synchronize` or `barrier`.
  private struct Waiting {
    var cpu: Int
    /// The mark that it reaches afterwards.
    var mark: Int
    /// The sections that must end before it returns.
    var sections: Set<Section>
  }

  private var cpus: [[RCULab.Act]]
  private var mark = 0
  private var numberOfSections = 0
  private var inside: [Int: Section] = [:]
  private var waiting: [Waiting] = []
  /// For each CPU: the sections that had begun when it asked for the callbacks that have not run.
  private var asked: [Int: Set<Section>] = [:]
  /// The marks that the next step waits for.
  private var before: [(cpu: Int, mark: Int)] = []
  private var mustBeQuiet = false

  /// A script without any steps so far.
  init(cpus: Int) { self.cpus = Array(repeating: [], count: cpus) }

  /// The scene of the steps so far.
  var scene: RCULab.Scene { .init(cpus) }

  /// The number of steps.
  var steps: Int { mark }

  /// Whether a CPU is in a section.
  func isInside(_ cpu: Int) -> Bool { inside[cpu] != nil }

  /// Whether a CPU waits for a grace period.
  func isWaiting(_ cpu: Int) -> Bool { waiting.contains { $0.cpu == cpu } }

  /// Has a CPU do something that waits for nothing.
  mutating func run(_ cpu: Int, _ acts: [RCULab.Act]) {
    begin(cpu)
    if acts.contains(where: { $0.callbacks > 0 }) { asked[cpu, default: []].formUnion(inside.values) }
    cpus[cpu] += acts
    setMark(cpu)
  }

  /// Has a CPU begin a section.
  mutating func enter(_ cpu: Int, _ acts: [RCULab.Act] = []) {
    run(cpu, [.enter] + acts)
    numberOfSections += 1
    inside[cpu] = Section(cpu: cpu, number: numberOfSections)
  }

  /// Has a CPU end its section.
  mutating func leave(_ cpu: Int, _ acts: [RCULab.Act] = []) {
    guard let section = inside[cpu] else { return }
    let early = waiting.filter { $0.sections.contains(section) }
    run(cpu, early.map { .findsBefore(cpu: $0.cpu, mark: $0.mark) } + acts + [.leave])
    inside[cpu] = nil
    guard inside.isEmpty else { return }
    before += waiting.map { ($0.cpu, $0.mark) }
    waiting = []
    mustBeQuiet = false
  }

  /// Has a CPU wait for a grace period, in `synchronize` or `barrier`.
  mutating func wait(_ cpu: Int, _ acts: [RCULab.Act]) {
    let isOwnGracePeriod = acts.contains { $0 == .synchronize || $0.updates > 0 || $0.callbacks > 0 }
    let sections = (isOwnGracePeriod ? Set(inside.values) : []).union(asked[cpu] ?? [])
    if acts.contains(.barrier) { asked[cpu] = [] }
    guard !inside.isEmpty else { return run(cpu, acts) }
    begin(cpu)
    setMark(cpu)
    cpus[cpu] += acts
    mark += 1
    cpus[cpu].append(.mark(mark))
    waiting.append(Waiting(cpu: cpu, mark: mark, sections: sections.intersection(inside.values)))
    mustBeQuiet = true
  }

  private mutating func begin(_ cpu: Int) {
    for (other, mark) in before where other != cpu { cpus[cpu].append(.awaits(cpu: other, mark: mark)) }
    before = []
    if mustBeQuiet { cpus[cpu].append(.untilQuiet) }
    mustBeQuiet = false
  }

  private mutating func setMark(_ cpu: Int) {
    mark += 1
    cpus[cpu].append(.mark(mark))
    before.append((cpu, mark))
    mustBeQuiet = !waiting.isEmpty
  }
}

extension RCUScript {
  /// Ends all sections, and runs all callbacks.
  mutating func finish() {
    for cpu in cpus.indices where isInside(cpu) { leave(cpu, [.use]) }
    for cpu in cpus.indices where asked[cpu] != nil { wait(cpu, [.barrier, .barrier]) }
  }

  /// Draws steps, all of them allowed.
  ///
  /// - Parameters:
  ///   - cpus: how many CPUs there are; the first two replace objects.
  ///   - length: how many steps.
  static func drawn(cpus: Int, length: Int, _ random: inout RandomSource) -> RCULab.Scene {
    var script = RCUScript(cpus: cpus)
    var updates = 5
    while script.steps < length {
      let cpu = random.draw(0...cpus - 1)
      guard !script.isWaiting(cpu) else { continue }
      let canReplace = cpu < 2 && updates > 0
      let turn = random.draw(0...9)
      switch (script.isInside(cpu), turn) {
      case (false, 0...3): script.enter(cpu, [.find])
      case (false, 4): script.run(cpu, [.read])
      case (false, 5): script.run(cpu, [.call(random.draw(1...2))])
      case (false, 6): script.wait(cpu, [.barrier])
      case (false, 7): script.wait(cpu, canReplace ? [.updateLater, .barrier] : [.call(1), .barrier])
      case (false, _): script.wait(cpu, canReplace ? [.update] : [.synchronize])
      case (true, 0...4): script.leave(cpu, [.use])
      case (true, 5): script.run(cpu, [.find])
      case (true, 6): script.run(cpu, [.enter, .find, .leave])
      case (true, 7) where canReplace: script.run(cpu, [.updateLater])
      case (true, 7), (true, 8): script.run(cpu, [.call(1)])
      case (true, _): script.run(cpu, [.use])
      }
      if canReplace, turn >= 7, !(turn == 8 && script.isInside(cpu)) { updates -= 1 }
    }
    script.finish()
    return script.scene
  }
}
