import Interleave
import Testing

struct LimitsTests {
  @Test func `a scenario with too many locations says so and ends`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = unfold([Plan(.sequential)]) { scenario in
        let words = (0..<Limits.locations).map { Atomic($0) }
        scenario.cpu { words[0].store(1, ordering: .relaxed) }
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a scenario has at most 32 atomics, cells, sections and CPUs together"))
  }

  @Test func `a scenario with too many CPUs says so and ends`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = unfold([Plan(.sequential)]) { scenario in
        for _ in 0...Limits.cpus { scenario.cpu {} }
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a scenario has at most 8 CPUs"))
  }

  @Test func `the maximum number of locations is explored`() {
    let report = explore(.releaseAcquire) { scenario in
      let words = (0..<Limits.locations - 2).map { Atomic($0) }
      for _ in 0..<2 { scenario.cpu { words[29].fetchAdd(1, ordering: .sequentiallyConsistent) } }
    }
    #expect(report.isComplete)
    #expect(report.executions == 2)
  }

  @Test(arguments: MemoryModel.allCases)
  func `the maximum number of CPUs is explored`(model: MemoryModel) {
    let report = explore(model) { scenario in
      let words = (0..<Limits.cpus).map { _ in Atomic(0) }
      for word in words { scenario.cpu { word.store(1, ordering: .relaxed) } }
    }
    #expect(report.isComplete)
    #expect(report.executions == 1)
  }
}
