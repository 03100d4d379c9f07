import LabKernel

/// What remains of two changes to one variable, each a load and a store.
struct LostUpdateHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  /// How a CPU changes the value that it has loaded.
  private enum Change {
    case add(Int)
    case double
    case set(Int)

    init(_ random: inout RandomSource) {
      switch random.draw(0...3) {
      case 0: self = .double
      case 1: self = .set(random.draw(1...9))
      default: self = .add(random.draw(1...5))
      }
    }

    var words: String {
      switch self {
      case .add(let number): "x = x + \(number)"
      case .double: "x = 2 * x"
      case .set(let number): "x = \(number)"
      }
    }

    func applied(to value: Int) -> Int {
      switch self {
      case .add(let number): value + number
      case .double: 2 * value
      case .set(let number): number
      }
    }

    /// Whether it reads the value that it changes.
    var loads: Bool {
      if case .set = self { return false }
      return true
    }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let start = random.draw(1...9)
    let changes = [Change(&random), Change(&random), Change(&random)].prefix(random.oneIn(3) ? 3 : 2)
    let question = [
      "x is \(start). Each of \(changes.count) CPUs changes it once, all at the same time:", "",
      "    " + changes.enumerated().map { "CPU \($0.offset): \($0.element.words)".filled(22) }.joined().trimmed, "",
      "A change that uses x is a load and then a store, and the CPUs' steps may interleave in any order. Which",
      "values can x have at the end, in how many of all orders, and which of the values are right?",
    ]
    let steps = changes.enumerated().flatMap { cpu, change in
      change.loads ? ["CPU \(cpu) loads", "CPU \(cpu) stores"] : ["CPU \(cpu) stores"]
    }
    let orders = Self.orders(steps).map { ($0, Self.result(of: $0, start, Array(changes))) }
    let whole = orders.filter { Self.isOneAfterTheOther($0.0) }.map(\.1)
    let values = Set(orders.map(\.1)).sorted()
    var answer = ["There are \(orders.count) orders.", ""]
    for value in values {
      let ways = orders.filter { $0.1 == value }
      let isRight = whole.contains(value)
      let verdict = isRight ? "as if one change followed the other" : "an update is lost"
      answer.append("  x = \(value) in \(ways.count) of them, \(verdict):")
      if let first = ways.first { answer.append("      " + first.0.joined(separator: ", ")) }
    }
    return (question, answer)
  }

  /// All orders in which each CPU's own steps keep their order.
  private static func orders(_ steps: [String]) -> [[String]] {
    guard !steps.isEmpty else { return [[]] }
    return steps.indices.filter { index in
      !steps[..<index].contains { $0.prefix(5) == steps[index].prefix(5) }
    }.flatMap { index in
      var rest = steps
      let first = rest.remove(at: index)
      return orders(rest).map { [first] + $0 }
    }
  }

  private static func isOneAfterTheOther(_ order: [String]) -> Bool {
    let cpus = order.map { $0.prefix(5) }
    let turns = zip(cpus, cpus.dropFirst()).count { $0 != $1 } + 1
    return turns == Set(cpus).count
  }

  private static func result(of order: [String], _ start: Int, _ changes: [Change]) -> Int {
    var value = start
    var loaded = Array(repeating: start, count: changes.count)
    for step in order {
      let cpu = changes.indices.first { step.hasPrefix("CPU \($0)") } ?? 0
      if step.hasSuffix("loads") { loaded[cpu] = value } else { value = changes[cpu].applied(to: loaded[cpu]) }
    }
    return value
  }
}
