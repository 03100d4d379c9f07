import Interleave
import Testing

/// Loops that wait, whether they say so or not.
struct WaitingTests {
  private static let models = MemoryModel.allCases

  /// Whether all executions of a number of CPUs were seen, and none is wrong.
  private func isRight(_ model: MemoryModel, _ setUp: @escaping Scenario.SetUp) -> Bool {
    let report = explore(model, setUp)
    return report.isComplete && report.counterexample == nil && report.problem == nil
  }

  @Test(arguments: models, [false, true])
  func `a loop that does not say that it waits is recognised by what it looks at`(model: MemoryModel, hasFence: Bool) {
    #expect(
      isRight(model) { scenario in
        let (other, awaited) = (Atomic(0), Atomic(0))
        scenario.cpu {
          // Read once, and changed since.
          _ = other.load(ordering: .relaxed)
          while awaited.load(ordering: .relaxed) == 0 { if hasFence { fence(ordering: .acquiring) } }
        }
        scenario.cpu {
          other.store(1, ordering: .relaxed)
          awaited.store(1, ordering: .relaxed)
        }
      })
  }

  @Test(arguments: models, ["exchange", "compareExchange"])
  func `so is a loop that tries to store in vain`(model: MemoryModel, way: String) {
    #expect(
      isRight(model) { scenario in
        let (word, count) = (Atomic(0), SharedCell(0))
        for _ in 0..<2 {
          scenario.cpu {
            if way == "exchange" {
              while word.exchange(1, ordering: .acquiring) == 1 {}
            } else {
              while !word.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {}
            }
            count.write(count.read() + 1)
            word.store(0, ordering: .releasing)
          }
        }
      })
  }

  @Test(arguments: models)
  func `what such a loop waits for in vain is named`(model: MemoryModel) {
    let report = explore(model) { scenario in
      let word = Atomic(1)
      scenario.cpu { while word.exchange(1, ordering: .relaxed) == 1 {} }
    }
    #expect(report.counterexample?.execution.ending == .deadlock(stuck: [0]))
  }

  /// It may turn in its loop, but in no other wait.
  @Test(arguments: models)
  func `after many looks, a wait for a condition still waits forever`(model: MemoryModel) {
    let report = explore(model) { scenario in
      let word = Atomic(0)
      scenario.cpu {
        for _ in 0..<12 { _ = word.load(ordering: .relaxed) }
        word.spin(until: { $0 == 1 }, ordering: .relaxed)
      }
    }
    #expect(report.counterexample?.execution.ending == .deadlock(stuck: [0]))
  }

  @Test(arguments: models)
  func `the harness may find out that no other CPU can go on, and a subject may not`(model: MemoryModel) {
    func seen(inSubject: Bool) -> Set<Int> {
      let unfolding = unfold([Plan(model)]) { scenario in
        let subject = scenario.subject(0) { _, _ in Atomic(0) }
        let other = Atomic(0)
        scenario.cpu {
          if inSubject {
            subject.call("wait") { own -> Void in
              _ = own.load(ordering: .relaxed)
              cpuRelax()
            }
          } else {
            waitUntilQuiet()
          }
          fullFence()
          observe("other", other.load(ordering: .relaxed))
        }
        scenario.cpu {
          other.store(1, ordering: .relaxed)
          fullFence()
        }
      }
      var seen: Set<Int> = []
      _ = visitExecutions(unfolding, model) { outcome, _ in
        seen.formUnion(outcome.observations.map(\.value))
        return true
      }
      return seen
    }
    #expect(seen(inSubject: false) == [1])
    #expect(seen(inSubject: true) == [0, 1])
  }

  /// A CPU whose try failed has already seen the new value, and waits for no other.
  @Test(arguments: models)
  func `a subject that relaxes between two tries is not stuck`(model: MemoryModel) {
    #expect(
      isRight(model) { scenario in
        let counter = scenario.subject(0) { _, _ in Atomic(0) }
        for _ in 0..<2 {
          scenario.cpu {
            counter.call("add") { word in
              var seen = word.load(ordering: .relaxed)
              while true {
                let (isDone, found) = word.compareExchange(expected: seen, desired: seen + 1, ordering: .relaxed)
                if isDone { return }
                seen = found
                cpuRelax()
              }
            }
          }
        }
      })
  }
}
