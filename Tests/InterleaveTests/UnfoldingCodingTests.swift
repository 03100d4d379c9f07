import Foundation
import Interleave
import Testing

struct UnfoldingCodingTests {
  /// An unfolding in transit, open to damage.
  private struct Parcel: Codable {
    var locations: [String]
    var numbers: String
    var observations: [String]
    var sources: [String]
    var unshared: [String]
    var contended: [String]?

    init(_ unfolding: Unfolding) throws {
      self = try JSONDecoder().decode(Parcel.self, from: JSONEncoder().encode(unfolding))
    }

    var words: [Int] {
      get { numbers.split(separator: " ").compactMap { Int($0) } }
      set { numbers = newValue.map(String.init).joined(separator: " ") }
    }

    /// The unfolding, or nil if it is rejected.
    var opened: Unfolding? {
      do {
        return try JSONDecoder().decode(Unfolding.self, from: JSONEncoder().encode(self))
      } catch {
        return nil
      }
    }
  }

  /// A small scenario with a bit of everything.
  private static let small: @Sendable (inout Scenario) -> Void = { scenario in
    let (word, cell) = (Atomic(0), SharedCell(0))
    scenario.cpu {
      word.spin(until: { $0 == 1 }, ordering: .acquiring)
      observe("cell", cell.read())
    }
    scenario.cpu {
      cell.write(1)
      word.store(1, ordering: .releasing)
    }
    scenario.interrupt(on: 1) { word.fetchAdd(0, ordering: .relaxed) }
  }

  private static func learned(_ setUp: @escaping Scenario.SetUp) -> Unfolding { unfold(plans, setUp) }

  private static let plans = MemoryModel.allCases.map { model in
    var plan = Plan(model)
    (plan.executions, plan.samples, plan.surprises) = (200, 20, 1)
    return plan
  }

  /// Returns what is found out about an arbitrary unfolding.
  private func judge(_ unfolding: Unfolding?) -> [Report] {
    guard let unfolding else { return [] }
    return Self.plans.map { investigate(unfolding, $0) }
  }

  @Test(arguments: 0..<20)
  func `an unfolding is read as it was written`(seed: UInt64) throws {
    var random = Draw(seed: seed + 1)
    let unfolding = Self.learned(RandomProgram(&random).setUp)
    let copy = try #require(try Parcel(unfolding).opened)
    #expect(judge(copy) == judge(unfolding))
    #expect(try Parcel(copy).numbers == Parcel(unfolding).numbers)
  }

  @Test func `any one number may be wrong`() throws {
    let parcel = try Parcel(Self.learned(Self.small))
    var (refused, judged) = (0, 0)
    for index in parcel.words.indices {
      for value in [-9, -2, -1, 0, 1, 2, 3, 4, 8, 16, 17, 31, 32, 200_000, .max, .min, parcel.words[index] &+ 1] {
        var damaged = parcel
        damaged.words[index] = value
        if judge(damaged.opened).isEmpty { refused += 1 } else { judged += 1 }
      }
    }
    #expect(refused > 0 && judged > 0)
  }

  @Test func `many numbers may be wrong`() throws {
    let parcel = try Parcel(Self.learned(Self.small))
    var random = Draw(seed: 5)
    var judged = 0
    for _ in 0..<3_000 {
      var damaged = parcel
      for _ in 0..<1 + random.below(4) {
        let index = random.below(damaged.words.count)
        damaged.words[index] =
          random.below(3) == 0 ? random.below(40) - 4 : damaged.words[random.below(damaged.words.count)]
      }
      if !judge(damaged.opened).isEmpty { judged += 1 }
    }
    #expect(judged > 0)
  }

  @Test func `a truncated unfolding is rejected or incomplete`() throws {
    let parcel = try Parcel(Self.learned(TicketLock.scenario(cpus: 2)))
    for length in 0..<parcel.words.count {
      var damaged = parcel
      damaged.words = Array(parcel.words.prefix(length))
      let reports = judge(damaged.opened)
      #expect(reports.isEmpty || reports.contains { $0.problem == .incomplete }, "the first \(length) numbers")
    }
  }

  @Test func `repeated numbers are rejected`() throws {
    let parcel = try Parcel(Self.learned(Self.small))
    for length in 1..<parcel.words.count {
      var damaged = parcel
      damaged.words += parcel.words.suffix(length)
      #expect(damaged.opened == nil, "the last \(length) numbers twice")
    }
  }

  /// Exploring codes under one model only, or not to the end, does not show everything that they can do.
  @Test func `an unfolding that was learned for another question is incomplete`() {
    let setUp: Scenario.SetUp = { scenario in
      let (flag, other) = (Atomic(0), Atomic(0))
      scenario.cpu {
        flag.store(1, ordering: .relaxed)
        observe("r0", other.load(ordering: .relaxed))
      }
      scenario.cpu {
        other.store(1, ordering: .relaxed)
        if flag.load(ordering: .relaxed) + other.load(ordering: .relaxed) == 1 { observe("r1", 0) }
      }
    }
    var plan = Plan(.sequential)
    plan.executions = 1
    plan.samples = 0
    plan.surprises = 0
    #expect(investigate(unfold([plan], setUp), Plan(.sequential)).problem == .incomplete)
    #expect(investigate(unfold([plan], setUp), Plan(.releaseAcquire)).problem == .incomplete)
  }

  /// A bad code is reported as such also from what the other half received.
  @Test(arguments: Unfolding.Problem.allCases)
  func `a problem may come with no code at all`(problem: Unfolding.Problem) throws {
    var parcel = try Parcel(Self.learned { $0.cpu {} })
    parcel.locations = ["state of CPU 0"]
    parcel.words = [0, 0, 0, 1, 0, problem.rawValue, 0, 0]
    let unfolding = try #require(parcel.opened)
    #expect(judge(unfolding).map(\.problem) == [problem, problem, problem])
    #expect(!visitExecutions(unfolding, .sequential) { _, _ in true })
  }

  /// Numbers that would keep the judge busy: one operation with endless results, and an endless code.
  @Test(arguments: ["wide", "deep"])
  func `an unfolding larger than any code is rejected`(shape: String) throws {
    var parcel = try Parcel(Self.learned { $0.cpu {} })
    parcel.locations = ["state of CPU 0"]
    parcel.observations = ["again"]
    var words = [0, 0, 0, 1, 0, -1, 100_000]
    for node in 0..<100_000 {
      words += shape == "wide" ? [node == 0 ? -1 : 0, node] : [node - 1, 0]
      words += [16, 0, 0, 0, 0, 0]
    }
    parcel.words = words
    #expect(parcel.opened == nil)
  }
}
