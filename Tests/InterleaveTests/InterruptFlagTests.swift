import Interleave
import Testing

/// What `irqSave` and `irqRestore` do to interrupts.
struct InterruptFlagTests {
  @Test func `restoring turns interrupts back on or off, as they were`() {
    let report = explore(.sequential) { scenario in
      scenario.cpu {
        let outer = irqSave()
        check(outer == 1, "they are on at first")
        let inner = irqSave()
        check(inner == 0, "they are off")
        irqRestore(outer)
        check(irqSave() == 1, "they are on again")
        irqRestore(outer)
        irqRestore(inner)
        check(irqSave() == 0, "they are off, as the flags say that were restored last")
        irqRestore(outer)
      }
    }
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `no interrupt comes while it is disabled`() {
    let report = explore(.sequential) { scenario in
      let word = Atomic(0)
      scenario.cpu {
        let outer = irqSave()
        irqRestore(irqSave())
        let before = word.load(ordering: .relaxed)
        check(word.load(ordering: .relaxed) == before, "nothing came in between")
        irqRestore(outer)
      }
      scenario.interrupt(on: 0) { word.fetchAdd(1, ordering: .relaxed) }
    }
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }
}
