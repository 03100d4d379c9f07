import Grader
import Testing

@Suite struct TimeBudgetTests {
  private var budget = TimeBudget(Limits(cpuSeconds: 20, memoryMiB: 64, outputKiB: 1))

  @Test func `a check that comes back takes nothing from the next one`() {
    var budget = budget
    budget.spend(.seconds(19), cameBack: true)
    #expect(budget.next.cpuSeconds == 20 && budget.excuse.isEmpty && budget.refusal == nil)
  }

  @Test func `after a check that does not come back, a check gets a tenth, and its message says so`() {
    var budget = budget
    budget.spend(.seconds(20), cameBack: false)
    #expect(budget.next.cpuSeconds == 2 && budget.next.sleepSeconds == 4)
    #expect(budget.excuse == ", which is what a check gets after one that did not come back")
  }

  @Test func `a check gets no less than a second`() {
    var budget = TimeBudget(Limits(cpuSeconds: 1, memoryMiB: 64, outputKiB: 1))
    budget.spend(.seconds(1), cameBack: false)
    #expect(budget.next.cpuSeconds == 1)
  }

  @Test func `all checks together are bounded, however many come back`() {
    var budget = budget
    for _ in 0..<9 { budget.spend(.seconds(18), cameBack: true) }
    #expect(budget.refusal == "not run: the checks before it took more than 160 s together")
  }

  @Test func `looking for simpler cases is bounded in a check and in all, and costs no check its time`() {
    var budget = budget
    budget.search(.seconds(21), cameBack: true)
    #expect(!budget.hasTimeToSearch)
    budget.beginCheck()
    #expect(budget.hasTimeToSearch)
    for _ in 0..<4 { budget.search(.seconds(20), cameBack: true) }
    budget.beginCheck()
    #expect(!budget.hasTimeToSearch && budget.refusal == nil && budget.next.cpuSeconds == 20)
  }

  @Test func `simpler cases that do not come back end the search after two in a check, and four in all`() {
    var budget = budget
    #expect(budget.short.cpuSeconds == 2)
    for expected in [true, false, true, false, false] {
      if !budget.hasTimeToSearch { budget.beginCheck() }
      budget.search(.seconds(2), cameBack: false)
      #expect(budget.hasTimeToSearch == expected)
    }
  }
}
