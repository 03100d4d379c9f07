import Exploration
import LabKernel
import Scenario
import Testing

@Suite struct ExplorationTests {
  private let add = "load r1 [total]\nadd r1 1\nstore r1 [total]"

  @Test func `of the six orders of two increments, four lose one`() throws {
    let census = try Census.of([add, add]) { $0.variables = ["total"] }
    #expect(
      census.outcomes.map { $0.variables["total"] } == [2, 1]
        || census.outcomes.map { $0.variables["total"] } == [1, 2])
    let orders = Dictionary(uniqueKeysWithValues: census.outcomes.map { ($0.variables["total"] ?? 0, $0.orders) })
    #expect(orders == [2: 2, 1: 4])
    #expect(census.orders == 6 && census.bound == nil && census.isShortest)
  }

  @Test(arguments: [(1, 2, [1, 2]), (2, 2, [2, 3, 4]), (2, 3, [2, 3, 4, 5, 6]), (3, 3, [2, 3, 4, 5, 6, 7, 8, 9])])
  func `what N increments by T threads can come to`(rounds: Int, threads: Int, totals: [Int]) throws {
    let source = "set r2 \(rounds)\nagain: \(add)\nsub r2 1\nif r2 > 0 goto again"
    let census = try Census.of(Array(repeating: source, count: threads)) { $0.variables = ["total"] }
    #expect(census.outcomes.compactMap { $0.variables["total"] }.sorted() == totals)
  }

  @Test(arguments: [(1, 2), (2, 48)])
  func `forks whose pids are printed from a buffer have as many outcomes as MOSAIC finds`(
    forks: Int, outcomes: Int
  ) throws {
    let source = """
      space buffer 100
      set r3 \(forks)
      again: fork
      digits r5 r0 [buffer + r4]
      add r4 r5
      store byte 10 [buffer + r4]
      add r4 1
      sub r3 1
      if r3 > 0 goto again
      write 1 &buffer r4
      """
    #expect(try Census.of([source], sharing: false).outcomeCount == outcomes)
  }

  @Test func `a buffer that fork copies is printed by both`() throws {
    let limits = Exploration.Limits()
    var plain = Exploration(try Scenario.file("every/fork-print.yml").workload(), limits: limits)
    var buffered = Exploration(try Scenario.file("every/fork-buffer.yml").workload(), limits: limits)
    let (first, second) = (plain.census(), buffered.census())
    #expect(first.outcomes.allSatisfy { $0.console.count { $0 == "\n" } == 6 })
    #expect(second.outcomes.allSatisfy { $0.console.count { $0 == "\n" } == 8 })
  }

  @Test func `a deadlock says which task waits for which`() throws {
    var exploration = Exploration(try Scenario.file("every/two-mutexes.yml").workload())
    let census = exploration.census()
    let deadlock = try #require(census.outcomes.first { $0.isDeadlock })
    #expect(census.deadlockCount == 1 && census.outcomeCount == 3)
    #expect(deadlock.asleep == ["A in lock, until B unlocks m1", "B in lock, until A unlocks m0"])
    #expect(deadlock.steps.map(\.task) == ["A", "B", "A", "B"] || deadlock.steps.count == 4)
  }

  @Test func `an assertion that fails in some orders is found with the shortest way to it`() throws {
    let census = try Census.of(["store 1 [x]", "load r1 [x]\nassert r1 == 1 \"x is set\""])
    #expect(census.failures.map(\.text) == ["x is set"])
    #expect(census.failures.first?.task == "B" && census.failures.first?.steps.count == 3)
    #expect(census.lines == [" | A exit 0, B exit 0", "assertion failed: x is set/ | A exit 0, B SIGABRT"])
  }

  @Test func `a choice has every value, and an ordinary run takes the first`() throws {
    let source = "choose r1 3\nprint r1"
    #expect(try Census.of([source]).lines == ["0 | A exit 0", "1 | A exit 0", "2 | A exit 0"])
    #expect(try MachineLoad.of([source], sharing: false).run(with: .baseline).console.text == "0")
  }

  @Test func `a sleep may end at any time, or lasts as long as it says`() throws {
    let sources = ["sleep 5ms\nprint \"A\"", "sleep 2ms\nprint \"B\""]
    #expect(try Census.of(sources).lines.map { $0.prefix(2) } == ["AB", "BA"])
    #expect(try Census.of(sources, timed: true).lines.map { $0.prefix(2) } == ["BA"])
  }

  @Test func `with times, a task that computes is too late`() throws {
    let sources = ["compute 3ms\nprint \"A\"", "sleep 2ms\nprint \"B\""]
    let lines = try Census.of(sources, timed: true).lines.map { $0.prefix(2) }
    #expect(lines == ["AB", "BA"])
    let late = ["sleep 2ms\nprint \"A\"", "sleep 1ms\ncompute 500us\nprint \"B\""]
    #expect(try Census.of(late, timed: true).lines.map { $0.prefix(2) } == ["BA"])
  }

  @Test func `a spin loop is a circle, and not endless`() throws {
    let census = try Census.of(["again: load r1 [x]\nif r1 == 0 goto again\nprint \"go\"", "store 1 [x]"])
    #expect(census.bound == nil && census.lines == ["go | A exit 0, B exit 0"])
  }

  @Test func `children are named by birth, whatever their pids are`() throws {
    let source = "fork\nif r0 == 0 goto child\nfork\nif r0 == 0 goto other\nexit\nchild: exit 1\nother: exit 2"
    #expect(
      try Census.of([source, "exit 5"], sharing: false).lines == [" | A exit 0, B exit 5, A.1 exit 1, A.2 exit 2"])
  }

  @Test func `a search that is stopped does not say that it has seen all`() throws {
    let add = "set r2 4\nagain: \(add)\nsub r2 1\nif r2 > 0 goto again"
    let limited = try Census.of([add, add, add]) { $0.states = 100 }
    #expect(limited.bound == .states(100) && limited.orders == nil)
    var exploration = Exploration(try MachineLoad.of([add, add, add], sharing: true))
    #expect(exploration.census { _, _ in false }.bound == .stopped)
  }

  @Test func `explored in small parts, the same is found`() throws {
    let source = "set r2 2\nagain: \(add)\nsub r2 1\nif r2 > 0 goto again"
    let sources = [source, source, source]
    let whole = try Census.of(sources) { $0.variables = ["total"] }
    let parts = try Census.of(sources) {
      $0.variables = ["total"]
      ($0.waiting, $0.part) = (5, 3)
    }
    #expect(whole.lines == parts.lines && whole.states == parts.states && whole.transitions == parts.transitions)
  }

  @Test func `the steps are told with what comes of them`() throws {
    let census = try Census.of(["store 1 [x]", "load r1 [x]\nprint r1"])
    let one = try #require(census.outcomes.first { $0.console == "1" })
    #expect(
      one.steps.map { "\($0.task) \($0.what) \($0.result)" } == [
        "A store 1 [x] ", "B load r1 [x] = 1", "B write 1 &stack 1 = 1",
      ])
  }

  @Test func `the graph has a node for each state and an edge for each transition`() throws {
    var limits = Exploration.Limits()
    limits.keepsEdges = true
    var exploration = Exploration(try MachineLoad.of([add, add], sharing: true), limits: limits)
    let census = exploration.census()
    let dot = exploration.graph.dot
    let lines = dot.split(separator: "\n")
    #expect(lines.count { $0.contains("[shape=") } == census.states)
    #expect(lines.count { $0.contains(" -> ") } == census.transitions)
    #expect(dot.contains("doublecircle") && exploration.graph.html.contains("<svg"))
  }
}
