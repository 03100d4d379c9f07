import Interleave
import LabKernel

/// Which values two CPUs can see under which memory model.
struct LitmusHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var test = LitmusTest(&random)
    // Most questions are about a test in which the models differ.
    while test.loads < 2 || !test.tellsModelsApart && !random.oneIn(60) { test = LitmusTest(&random) }
    let names = (0..<test.loads).map { "r\($0)" }
    let question =
      ["x and y are 0. Two CPUs run this code once:", ""] + test.table + [
        "", "Unmarked accesses are relaxed. Which values of \(names.listed) are possible under SC, under TSO (x86)",
        "and under RA (release and acquire)?",
      ]
    let seen = MemoryModel.allCases.map { test.outcomes(under: $0) }
    let rows = test.conceivable.map { values in
      let marks = seen.map { ($0.contains(values) ? "yes" : "no").filled(6) }.joined()
      return "    " + values.map { "\($0)".filled(4) }.joined() + marks.trimmed
    }
    let models = MemoryModel.allCases.map { $0.name.filled(6) }.joined().trimmed
    let table = ["    " + names.map { $0.filled(4) }.joined() + models] + rows
    return (question, table + explanation(of: test, seen))
  }

  /// An execution for the first outcome that each model has and the model before it does not have.
  private func explanation(of test: LitmusTest, _ seen: [Set<[Int]>]) -> [String] {
    var lines: [String] = []
    for (index, model) in MemoryModel.allCases.enumerated().dropFirst() {
      let before = MemoryModel.allCases[index - 1].name
      guard let values = test.conceivable.first(where: { seen[index].contains($0) && !seen[index - 1].contains($0) })
      else {
        lines += ["", "\(model.name) has no outcome that \(before) does not have."]
        continue
      }
      let words = values.enumerated().map { "r\($0.offset) = \($0.element)" }
      lines += ["", "\(words.listed) under \(model.name), but not under \(before):", ""]
      lines += test.execution(with: values, under: model).map { "  " + $0 }
    }
    return lines
  }
}

/// Two CPUs with two accesses each.
private struct LitmusTest {
  /// What a CPU does.
  enum Act {
    case load(location: Int, register: Int, isAcquire: Bool)
    case store(location: Int, value: Int, isRelease: Bool)
    case fence
  }

  /// The acts of each CPU.
  private let cpus: [[Act]]
  /// How many loads there are.
  let loads: Int

  private static let locations = ["x", "y"]

  init(_ random: inout RandomSource) {
    var loads = 0
    var cpus: [[Act]] = []
    for cpu in 0..<2 {
      let isOrdered = random.oneIn(3)
      let hasFence = !isOrdered && random.oneIn(3)
      let first = random.draw(0...1)
      var acts: [Act] = []
      for location in [first, 1 - first] {
        if random.oneIn(2) {
          acts.append(.load(location: location, register: loads, isAcquire: isOrdered))
          loads += 1
        } else {
          acts.append(.store(location: location, value: cpu + 1, isRelease: isOrdered))
        }
      }
      if hasFence { acts.insert(.fence, at: 1) }
      cpus.append(acts)
    }
    self.cpus = cpus
    self.loads = loads
  }

  /// The program, a column for each CPU.
  var table: [String] {
    let columns = cpus.map { $0.map(Self.words) }
    let rows = columns.map(\.count).max() ?? 0
    return ["    " + "CPU 0".filled(22) + "CPU 1"]
      + (0..<rows).map { row in
        let cells = columns.map { row < $0.count ? $0[row] : "" }
        return "    " + (cells[0].filled(22) + cells[1]).trimmed
      }
  }

  private static func words(_ act: Act) -> String {
    switch act {
    case .load(let location, let register, let isAcquire):
      "r\(register) = \(locations[location])" + (isAcquire ? "  acquire" : "")
    case .store(let location, let value, let isRelease):
      "\(locations[location]) = \(value)" + (isRelease ? "  release" : "")
    case .fence: "full fence"
    }
  }

  /// All combinations of values that the locations can ever have, in ascending order.
  var conceivable: [[Int]] {
    let looked = cpus.joined().compactMap { act in
      if case .load(let location, _, _) = act { location } else { nil }
    }
    return looked.map(values).reduce([[]]) { all, values in all.flatMap { start in values.map { start + [$0] } } }
  }

  private func values(of location: Int) -> [Int] {
    [0]
      + cpus.joined().compactMap { act in
        if case .store(location, let value, _) = act { value } else { nil }
      }
  }

  /// Whether the weakest model has an outcome that the strongest does not have.
  var tellsModelsApart: Bool { outcomes(under: .sequential) != outcomes(under: .releaseAcquire) }

  /// The values that the explorer finds.
  func outcomes(under model: MemoryModel) -> Set<[Int]> {
    let plan = Plan(model)
    let counts = Census(unfold([plan], property: { _ in nil }, setUp), plan).counts
    return Set(counts.keys.map { $0.sorted().map(\.value) })
  }

  /// The smallest execution in which the registers get those values, as a table.
  func execution(with values: [Int], under model: MemoryModel) -> [String] {
    let plan = Plan(model)
    let property: Property = { outcome in
      outcome.observations.sorted { $0.name < $1.name }.map(\.value) == values ? "so" : nil
    }
    let unfolding = unfold([plan], property: property, setUp)
    guard let found = investigate(unfolding, plan, property: property).counterexample else { return [] }
    return CounterexampleTable(found, of: unfolding, under: model, width: 74).lines.map(Self.withoutPlace)
  }

  /// Returns a row of a table without the line number, which is one of this file, and without the mark of an error.
  private static func withoutPlace(_ row: String) -> String {
    let marked = row.hasPrefix("✘") ? " " + row.dropFirst() : row
    let bare = marked.trimmed
    let place = bare.reversed().prefix { $0.isNumber }.count
    let end = bare.hasSuffix(" line") ? "line".count : bare.dropLast(place).hasSuffix("  ") ? place : 0
    return String(bare.dropLast(end)).trimmed
  }

  private var setUp: Scenario.SetUp {
    { [cpus] scenario in
      let cells = Self.locations.map { _ in Atomic(0) }
      for (cell, name) in zip(cells, Self.locations) { scenario.name(cell, name) }
      for acts in cpus { scenario.cpu { for act in acts { Self.perform(act, cells) } } }
    }
  }

  private static func perform(_ act: Act, _ cells: [Atomic]) {
    switch act {
    case .load(let location, let register, let isAcquire):
      observe("r\(register)", cells[location].load(ordering: isAcquire ? .acquiring : .relaxed))
    case .store(let location, let value, let isRelease):
      cells[location].store(value, ordering: isRelease ? .releasing : .relaxed)
    case .fence: fence(ordering: .sequentiallyConsistent)
    }
  }
}
