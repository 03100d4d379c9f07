import Foundation
import LabKernel
import Reference
import Scenario
import Testing

/// Scenario files about mutexes, run with the reference in every slot, and examined after each step.
struct DonationTests {
  /// The results of Pintos' tests of priority donation, in our words.
  private static let published = [
    (
      "donate-one",
      "main 32/main 33/acquire2 has m/acquire2 is done/acquire1 has m/acquire1 is done/main 31"
    ),
    (
      "donate-multiple",
      "main 32/main 33/wants-b has b/wants-b is done/main 32/wants-a has a/wants-a is done/main 31"
    ),
    (
      "donate-multiple2",
      "main 34/main 36/main 36/wants-b has b/wants-b is done/wants-a has a/wants-a is done/wants-none is done/main 31"
    ),
    ("donate-nest", "low 32/low 33/medium 33/medium has a/high has b/high is done/medium is done/low 31"),
    ("donate-lower", "main 41/main 41/acquire has m/acquire is done/main 21"),
    (
      "donate-sema",
      "L has the lock/L has the semaphore/H has the lock/H is done/M is done/L is done/main is done"
    ),
    (
      "donate-chain",
      "t0 3/t0 6/t0 9/t0 12/t0 15/t0 18/t0 21/t1 21/t2 21/t3 21/t4 21/t5 21/t6 21/t7 21/t7 ends at 21/"
        + "between7 is done/t6 ends at 18/between6 is done/t5 ends at 15/between5 is done/t4 ends at 12/"
        + "between4 is done/t3 ends at 9/between3 is done/t2 ends at 6/between2 is done/t1 ends at 3/"
        + "between1 is done/t0 ends at 0"
    ),
  ]

  @Test(arguments: published)
  func `priority donation has the published results`(name: String, console: String) throws {
    let kernel = try run(name)
    #expect(kernel.console.text.split(separator: "\n").joined(separator: "/") == console)
  }

  @Test(arguments: [
    ("pathfinder-plain", "MMCCCCCCCCMBM", "reset"), ("pathfinder", "MMMBCCCCCCCCM", "all is well"),
  ])
  func `without inheritance an urgent task waits for tasks that need nothing it owns`(
    name: String, schedule: String, console: String
  ) throws {
    let kernel = try run(name)
    #expect(Timeline(kernel).text().contains("cpu0    " + schedule))
    #expect(kernel.console.text.hasPrefix(console))
  }

  @Test(arguments: 1...20)
  func `random tasks keep the rule after every step, on any number of CPUs`(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    var kernel = Kernel(Configuration(cpus: random.draw(1...3)), components: Reference.components)
    for number in 0..<6 {
      let program = kernel.load(try ProgramParser.parse(source(&random)))
      let priority = random.draw(0...9) * 10
      kernel.spawn(
        Spawn(
          "T\(number)", program, start: .zero + .milliseconds(random.draw(0...9)),
          policy: priority == 0 ? .normal : .fifo, realtimePriority: priority))
    }
    stepThrough(&kernel)
    #expect(kernel.tasks.living == 2)
  }

  /// Writes nested sections in random order; a task that is refused or gives up goes on without the mutex.
  private func source(_ random: inout RandomSource) -> String {
    (0..<6).map { _ in
      let (outer, inner) = (random.draw(0...3), random.draw(0...3))
      let limit = random.oneIn(2) ? " \(random.draw(1...4))ms" : ""
      return """
        lock m\(outer)
        compute \(random.draw(1...3))ms
        lock m\(inner)\(limit)
        policy fifo \(random.draw(1...99))
        compute \(random.draw(1...3))ms
        unlock m\(inner)
        sleep \(random.draw(0...2))ms
        unlock m\(outer)
        """
    }.joined(separator: "\n")
  }

  private func run(_ name: String) throws -> Kernel {
    let text = try Repository.text("scenarios/synchronization/\(name).yml")
    let scenario = try Scenario(yaml: text, file: name)
    var kernel = scenario.kernel(components: Reference.components)
    stepThrough(&kernel, inherits: !scenario.slots.contains { $0.slot == "mutex" })
    return kernel
  }

  private func stepThrough(_ kernel: inout Kernel, inherits: Bool = true) {
    while kernel.step() {
      #expect(kernel.brokenInvariants() == [])
      if inherits { #expect(wrongPriorities(kernel) == []) }
    }
    #expect(kernel.oops == nil)
  }

  /// Returns the tasks that are not exactly as urgent as the most urgent of the task itself and its waiters.
  private func wrongPriorities(_ kernel: Kernel) -> [String] {
    var due = kernel.tasks.indices.map { kernel.entities[TaskID($0)].normalPriority }
    for index in kernel.tasks.indices {
      guard case .mutex(let mutex) = kernel.awaited(by: TaskID(index)),
        let owner = kernel.owner(of: mutex)
      else { continue }
      due[owner.index] = min(due[owner.index], kernel.entities[TaskID(index)].priority)
    }
    return kernel.tasks.indices.filter { kernel.entities[TaskID($0)].priority != due[$0] }
      .map { "pid \(kernel.tasks[TaskID($0)].pid) should be at \(due[$0])" }
  }
}
