import Judging
import LabHarness
import LabKernel

/// A few tasks, and the schedules that follow from the rules, one for each CPU.
package struct RealtimeExample: Sendable {
  /// The machine and its tasks.
  package let input: RealtimeLab.Input
  /// What runs in each tick, on each CPU.
  package let schedules: [String]

  /// An example for one CPU.
  package init(_ schedule: String, slice: Int = 2, _ tasks: RealtimeLab.Plan...) {
    self.init([schedule], RealtimeLab.Input(slice: slice, tasks))
  }

  /// An example for as many CPUs as there are schedules.
  package init(_ schedules: [String], slice: Int = 2, _ tasks: RealtimeLab.Plan...) {
    self.init(schedules, RealtimeLab.Input(cpus: schedules.count, slice: slice, tasks))
  }

  private init(_ schedules: [String], _ input: RealtimeLab.Input) {
    self.schedules = schedules
    self.input = input
  }

  /// Returns the same example with other numbers: other priorities in the same order, and times a few times as long.
  package func drawn(_ random: inout RandomSource) -> RealtimeExample {
    let priorities = input.priorities
    let others = random.shuffled(Array(1...realtimePriorityLevels - 1)).prefix(priorities.count).sorted()
    return scaled(by: random.draw(1...3)) { others[priorities.firstIndex(of: $0) ?? 0] }
  }

  /// Returns the example for an input that was drawn from this one; nil if the input was not.
  package func matching(_ drawn: RealtimeLab.Input) -> RealtimeExample? {
    let factor = drawn.slice / input.slice
    let (own, others) = (input.priorities, drawn.priorities)
    guard factor >= 1, own.count == others.count else { return nil }
    let same = scaled(by: factor) { others[own.firstIndex(of: $0) ?? 0] }
    return same.input == drawn ? same : nil
  }

  private func scaled(by factor: Int, _ priority: (Int) -> Int) -> RealtimeExample {
    RealtimeExample(
      schedules.map { $0.map { String(repeating: $0, count: factor) }.joined() },
      RealtimeLab.Input(
        cpus: input.cpus, slice: input.slice * factor, input.tasks.map { $0.scaled(by: factor, priority) }))
  }
}

extension RealtimeLab.Input {
  /// The real-time priorities that occur, each once, the least urgent first.
  package var priorities: [Int] { Set(tasks.flatMap(\.priorities)).subtracting([0]).sorted() }
}

extension RealtimeLab.Plan {
  fileprivate var priorities: [Int] {
    [priority] + steps.compactMap { if case .setScheduler(_, let priority) = $0 { priority } else { nil } }
  }

  /// Returns the same plan with all times multiplied, and with other real-time priorities.
  package func scaled(by factor: Int, _ priority: (Int) -> Int) -> RealtimeLab.Plan {
    let steps = steps.map { step -> RealtimeLab.Step in
      switch step {
      case .compute(let ticks): .compute(ticks * factor)
      case .sleep(let ticks): .sleep(ticks * factor)
      case .yield: .yield
      case .setScheduler(let policy, let old): .setScheduler(policy, priority: old == 0 ? 0 : priority(old))
      }
    }
    let new = self.priority == 0 ? 0 : priority(self.priority)
    return RealtimeLab.Plan(start: start * factor, policy: policy, priority: new, steps: steps)
  }
}
