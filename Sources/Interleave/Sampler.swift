/// Executions drawn at random if there are too many to explore them all: each process has a priority, the highest one
/// runs, and at a few moments the priority of the running process drops below all others.
///
/// A bug that needs `depth` such moments is found with a probability of at least one in CPUs x steps^(depth-1) in each
/// draw. The same seed draws the same executions.
///
/// - Source: Burckhardt, Kothari, Musuvathi and Nagarakatte, A randomized scheduler with probabilistic guarantees of
///   finding bugs, ASPLOS 2010, doi:10.1145/1736020.1736040.
struct Sampler<Source: Program> {
  /// The number of priority changes in an execution.
  static var changes: Int { 3 }

  var machine: Machine
  var program: Source
  private var state: UInt64
  /// The length of the longest execution so far, within which the moments of change are drawn.
  private var longest = 16

  init(_ program: Source, _ model: MemoryModel, seed: UInt64, unread: UInt32 = 0) {
    self.program = program
    machine = Machine(model, unread: unread)
    state = seed
  }

  /// Draws up to `count` executions, until `visit` returns false.
  mutating func draw(_ count: Int, _ visit: (Machine, _ schedule: () -> Schedule) -> Bool) -> Int {
    for number in 0..<count {
      let schedule = run()
      // A wait may have had only impossible values to choose from.
      guard machine.hasTotalOrder() else { continue }
      if !visit(machine, { schedule }) || machine.ending == .broken { return number + 1 }
    }
    return count
  }

  private mutating func run() -> Schedule {
    machine.reset(&program)
    var priorities = (0..<Machine.processes).map { _ in random(below: 1 << 20) + Self.changes }
    let moments = (0..<Self.changes).map { _ in random(below: longest) }
    var schedule = Schedule()
    while machine.ending == nil {
      let enabled = machine.enabled(&program)
      if enabled == 0 { machine.conclude() }
      if schedule.steps.count >= Limits.stepsOfExecution { machine.ending = .livelock }
      if machine.ending != nil { break }
      if let moment = moments.firstIndex(of: schedule.steps.count) {
        priorities[highest(enabled, priorities)] = moment
      }
      let process = highest(enabled, priorities)
      let choices = machine.choices(of: process, &program)
      // One time in four, something other than the plainest choice.
      var choice = choices > 1 && random(below: 4) == 0 ? random(below: choices) : 0
      if choice > 0 {
        var trial = machine
        trial.step(process, choice: choice, &program)
        if !trial.hasTotalOrder() { choice = 0 }
      }
      machine.step(process, choice: choice, isForced: choices == 0, &program)
      schedule.steps.append(Schedule.Step(process: process, choice: choice))
    }
    longest = max(longest, schedule.steps.count)
    return schedule
  }

  private func highest(_ enabled: UInt32, _ priorities: [Int]) -> Int {
    var best = -1
    forEachBit(UInt64(enabled)) { process in
      if best < 0 || priorities[process] > priorities[best] { best = process }
    }
    return best
  }

  /// SplitMix64: Steele, Lea and Flood, doi:10.1145/2660193.2660195.
  private mutating func random(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(mixed.multipliedFullWidth(by: UInt64(bound)).high)
  }
}
