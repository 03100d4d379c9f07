import Interleave
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct FuzzTests {
  /// How many programs are compared, and the seed they are drawn with.
  ///
  /// `LABS_FUZZ=20000:7` asks for others; `make fuzz` does.
  private static let (count, seed) = {
    let words = getenv("LABS_FUZZ").map { String(cString: $0) }?.split(separator: ":").map { UInt64($0) } ?? []
    guard words.count == 2, let count = words[0], let seed = words[1] else { return (3_000, UInt64(2026)) }
    return (Int(count), seed)
  }()

  /// A program with more executions is replaced by the next.
  private static let mostExecutions = 6_000

  @Test(arguments: MemoryModel.allCases)
  func `reduced search sees what brute force sees`(model: MemoryModel) {
    compare(model, "", bound: .surprises(.max)) { RandomProgram(&$0) }
  }

  /// Brute force takes each turn of each loop, as a machine does.
  @Test(arguments: MemoryModel.allCases)
  func `a loop that gives up is followed to where it does`(model: MemoryModel) {
    compare(model, ", loops that give up", bound: .everything) { RandomProgram(&$0, givesUp: true) }
  }

  /// Brute force turns back where there can be no total order; the reduced search goes on, and forgets what it saw.
  @Test func `sequentially consistent accesses are reduced, too`() {
    compare(.releaseAcquire, ", strong", bound: .surprises(.max)) { RandomProgram(&$0, isStrong: true) }
  }

  private func compare(
    _ model: MemoryModel, _ which: String, bound: SearchBound, _ draw: (inout Draw) -> RandomProgram
  ) {
    var random = Draw(seed: Self.seed)
    var (compared, tooLarge, reducedExecutions, allExecutions) = (0, 0, 0, 0)
    while compared < Self.count {
      let program = draw(&random)
      guard let unfolding = unfoldAll(model, limit: Self.mostExecutions, bound: bound, program.setUp) else {
        tooLarge += 1
        continue
      }
      let all = Outcomes(unfolding, model, bound, as: RandomProgram.description)
      let reduced = Outcomes(unfolding, model, .reduced, as: RandomProgram.description)
      compared += 1
      reducedExecutions += reduced.executions
      allExecutions += all.executions
      guard all.found != reduced.found else { continue }
      let (missed, invented) = (all.found.subtracting(reduced.found), reduced.found.subtracting(all.found))
      Issue.record("\(model.name), \(program): missed \(missed.sorted()), invented \(invented.sorted())")
    }
    #expect(compared >= Self.count)
    #expect(reducedExecutions < allExecutions)
    print(
      "fuzz \(model.name)\(which), seed \(Self.seed): \(compared) programs compared, \(tooLarge) too large replaced; "
        + "\(reducedExecutions) executions against \(allExecutions) by brute force")
  }
}
