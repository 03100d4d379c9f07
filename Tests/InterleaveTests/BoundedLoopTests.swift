import Interleave
import Testing

/// Loops that give up: the code after them is reached, or reported as not explored.
struct BoundedLoopTests {
  private static let models = MemoryModel.allCases
  private static let turns = [1, 2, 3, 8, 9, 10, 11, 20]
  private static let cases = models.flatMap { model in turns.map { (model, $0) } }

  /// How often a CPU can have looked when it goes on, and whether these are all possibilities.
  private func looks(
    _ model: MemoryModel, _ look: @escaping (_ word: Atomic, _ tries: inout Int) -> Void
  ) -> (seen: Set<Int>, report: Report) {
    let setUp: Scenario.SetUp = { scenario in
      let word = Atomic(1)
      scenario.name(word, "word")
      scenario.cpu {
        var tries = 0
        look(word, &tries)
        observe("tries", tries)
      }
      scenario.cpu { word.store(0, ordering: .releasing) }
    }
    let unfolding = unfold([Plan(model)], setUp)
    var seen: Set<Int> = []
    _ = visitExecutions(unfolding, model) { outcome, _ in
      seen.formUnion(outcome.observations.map(\.value))
      return true
    }
    return (seen, investigate(unfolding, Plan(model)))
  }

  @Test(arguments: cases)
  func `a loop with a few looks may take any number of them`(model: MemoryModel, most: Int) {
    let (seen, report) = looks(model) { word, tries in
      while tries < most, word.load(ordering: .acquiring) == 1 { tries += 1 }
    }
    #expect(seen == Set(0...most))
    #expect(report.isComplete)
  }

  @Test(arguments: cases)
  func `so may a loop that says that it waits`(model: MemoryModel, most: Int) {
    let (seen, report) = looks(model) { word, tries in
      while tries < most, word.load(ordering: .acquiring) == 1 {
        tries += 1
        cpuRelax()
      }
    }
    #expect(seen == Set(0...most))
    #expect(report.isComplete)
  }

  @Test(arguments: cases)
  func `so may a loop that tries to store`(model: MemoryModel, most: Int) {
    let (seen, report) = looks(model) { word, tries in
      while tries < most, word.exchange(1, ordering: .acquiring) == 1 { tries += 1 }
    }
    #expect(seen == Set(0...most))
    #expect(report.isComplete)
  }

  @Test(arguments: models, [100, 400])
  func `a loop with many looks is seen to give up, and is named`(model: MemoryModel, most: Int) {
    let (seen, report) = looks(model) { word, tries in
      while tries < most, word.load(ordering: .acquiring) == 1 { tries += 1 }
    }
    #expect(seen.contains(0) && seen.contains(most))
    #expect(report.isExhausted && !report.isComplete)
    #expect(report.cutLoops.count == 1 && report.cutLoops[0].hasPrefix("BoundedLoopTests.swift:"))
  }

  @Test(arguments: models, [5_000, 1_000_000])
  func `a loop that looks for a very long time is named`(model: MemoryModel, most: Int) {
    let (seen, report) = looks(model) { word, tries in
      while tries < most, word.load(ordering: .acquiring) == 1 { tries += 1 }
    }
    #expect(seen.contains(0))
    #expect(report.isExhausted && report.cutLoops.count == 1)
  }

  /// It counts up to a bound, and from then on its state repeats.
  @Test(arguments: models)
  func `a loop that waits longer each time, up to a bound, waits forever`(model: MemoryModel) {
    let (_, report) = looks(model) { word, _ in
      var delay = 1
      while word.load(ordering: .acquiring) == 1 {
        for _ in 0..<delay { cpuRelax() }
        delay = min(delay * 2, 16)
      }
    }
    #expect(report.isComplete && report.counterexample == nil)
  }

  @Test(arguments: models)
  func `a loop that stores while it waits is named`(model: MemoryModel) {
    let report = explore(model) { scenario in
      let (wants, other) = (Atomic(0), Atomic(1))
      scenario.cpu {
        while true {
          wants.store(1, ordering: .sequentiallyConsistent)
          if other.load(ordering: .sequentiallyConsistent) == 0 { return }
          wants.store(0, ordering: .sequentiallyConsistent)
          cpuRelax()
        }
      }
      scenario.cpu { other.store(0, ordering: .sequentiallyConsistent) }
    }
    #expect(report.isExhausted && report.cutLoops.count == 1)
    #expect(report.counterexample == nil)
  }
}
