import Desk
import Exploration
import Grader
import LabKernel
import Scenario

/// The census of all schedules as text.
struct EveryText {
  /// The lines, none wider than 80 columns except those that tasks print.
  let lines: [String]

  /// The text of a census.
  ///
  /// - Parameter outcome: the outcome whose steps are printed, from 1.
  init(_ scenario: Scenario, _ census: Census, outcome: Int?) {
    let shown = census.outcomes.prefix(EveryText.maximumOutcomes)
    let hidden = census.outcomeCount - shown.count
    let more = hidden > 0 ? ["", "… and \(hidden) more outcomes: --json prints 1000 of them"] : []
    var lines = [scenario.title, ""] + EveryText.summary(census)
    lines += shown.enumerated().flatMap { EveryText.outcome($0.offset + 1, $0.element, census) } + more
    lines += EveryText.deadlocks(census)
    lines += census.failures.flatMap { failure in
      ["", "assertion fails in \(failure.task): \(failure.text)"] + EveryText.steps(failure.steps)
    }
    if let outcome, census.outcomes.indices.contains(outcome - 1) {
      lines += ["", "outcome \(outcome):"] + EveryText.steps(census.outcomes[outcome - 1].steps)
    }
    self.lines = lines
  }

  /// How many outcomes are printed.
  private static let maximumOutcomes = 40
  /// How many deadlocks are printed step by step.
  private static let maximumDeadlocks = 2
  private static let width = 80

  private static func summary(_ census: Census) -> [String] {
    let head = census.bound == nil ? "every schedule" : "not all schedules"
    let orders = census.orders.map { " in \($0) \($0 == 1 ? "order" : "orders")" } ?? ""
    let outcomes = "\(census.outcomeCount) \(census.outcomeCount == 1 ? "outcome" : "outcomes")"
    let graph = "\(census.states) states, \(census.transitions) transitions, at most \(census.depth) steps"
    return ["\(head): \(outcomes)\(orders)", graph]
      + (census.bound == nil ? [] : ["not all: \(census.states) states seen, and there may be more outcomes"])
      + (census.isShortest ? [] : ["the schedules below may not be the shortest"])
  }

  private static func outcome(_ number: Int, _ outcome: Census.Outcome, _ census: Census) -> [String] {
    let orders = outcome.orders.map { "\($0) \($0 == 1 ? "order" : "orders"), " } ?? ""
    let states = "\(outcome.states) \(outcome.states == 1 ? "state" : "states")"
    let steps = "\(outcome.steps.count) steps: " + schedule(outcome.steps)
    let kind = outcome.isDeadlock ? "deadlock, " : ""
    var lines = ["", "outcome \(number): \(kind)\(orders)\(states)"]
    lines += wrapped(steps)
    lines += wrapped(ends(outcome.ends))
    lines += outcome.variables.sorted { $0.key < $1.key }.map { "  \($0.key) = \($0.value)" }
    guard !outcome.console.isEmpty else { return lines }
    var printed = Printable.text(outcome.console).split(separator: "\n", omittingEmptySubsequences: false)
    if printed.last?.isEmpty == true { printed.removeLast() }
    return lines + printed.map { "  | \($0)" }
  }

  /// Each end with the tasks that it is the end of: "A, B exit 0; C asleep in read".
  private static func ends(_ ends: [Census.End]) -> String {
    var groups: [(how: String, tasks: [String])] = []
    for end in ends {
      if let index = groups.firstIndex(where: { $0.how == end.how }) {
        groups[index].tasks.append(end.task)
      } else {
        groups.append((end.how, [end.task]))
      }
    }
    return groups.map { "\($0.tasks.joined(separator: ", ")) \($0.how)" }.joined(separator: "; ")
  }

  /// The tasks in the order of their steps, each with how many it makes in a row: "A×3 B".
  private static func schedule(_ steps: [Census.Step]) -> String {
    var runs: [(task: String, count: Int)] = []
    for step in steps {
      let task = step.task.isEmpty ? "time" : step.task
      if runs.last?.task == task {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((task, 1))
      }
    }
    return runs.map { $0.count == 1 ? $0.task : "\($0.task)×\($0.count)" }.joined(separator: " ")
  }

  private static func deadlocks(_ census: Census) -> [String] {
    let all = census.outcomes.enumerated().filter { $0.element.isDeadlock }
    return all.prefix(maximumDeadlocks).flatMap { number, outcome in
      ["", "deadlock, outcome \(number + 1):"] + outcome.asleep.map { "  \($0)" } + steps(outcome.steps)
    }
  }

  /// The steps, one a line, in columns.
  private static func steps(_ steps: [Census.Step]) -> [String] {
    let tasks = steps.map(\.task.count).max() ?? 0
    let deeds = min(44, steps.map(\.what.count).max() ?? 0)
    let digits = String(steps.count).count
    return steps.enumerated().map { number, step in
      let line =
        pad(String(number + 1), digits, left: true) + "  " + pad(step.task, tasks) + "  " + pad(step.what, deeds) + "  "
        + step.result
      let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
      return "  " + Printable.line(trimmed, limit: width - 2)
    }
  }

  private static func pad(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? blanks + text : text + blanks
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append((lines.isEmpty ? "  " : "    ") + word)
      }
    }
    return lines
  }
}
