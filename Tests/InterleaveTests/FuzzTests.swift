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
  /// The number of programs that are compared, and the seed they are drawn with.
  ///
  /// `LABS_FUZZ=20000:7` asks for others; `make fuzz` does.
  private static let (count, seed) = {
    let words = getenv("LABS_FUZZ").map { String(cString: $0) }?.split(separator: ":").map { UInt64($0) } ?? []
    guard words.count == 2, let count = words[0], let seed = words[1] else { return (400, UInt64(2026)) }
    return (Int(count), seed)
  }()

  /// A program with more executions is replaced by the next.
  private static let mostExecutions = 6_000

  @Test(arguments: MemoryModel.allCases)
  func `the reduced search sees what brute force sees`(model: MemoryModel) {
    compare(model, "", Self.count, bound: .surprises(.max)) { RandomProgram(&$0) }
  }

  /// Brute force takes each turn of each loop, as a machine does; that is expensive, so there are fewer programs.
  @Test(arguments: MemoryModel.allCases)
  func `a loop that gives up is followed to that point`(model: MemoryModel) {
    compare(model, ", loops that give up", Self.count / 20, bound: .everything) { RandomProgram(&$0, givesUp: true) }
  }

  /// Brute force turns back where no total order is possible; the reduced search goes on, and forgets what it saw.
  ///
  /// These programs are expensive, too.
  @Test func `sequentially consistent accesses are reduced, too`() {
    compare(.releaseAcquire, ", strong", Self.count / 6, bound: .surprises(.max)) { RandomProgram(&$0, isStrong: true) }
  }

  private static func isClaimed(_ outcome: String) -> Bool { !outcome.hasPrefix("\(Ending.tooLong)") }

  private func compare(
    _ model: MemoryModel, _ which: String, _ count: Int, bound: SearchBound, _ draw: (inout Draw) -> RandomProgram
  ) {
    var random = Draw(seed: Self.seed)
    var (compared, tooLarge, reducedExecutions, allExecutions) = (0, 0, 0, 0)
    while compared < count {
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
      // If a bound of the machine is reached, nothing is claimed about all executions, and the two searches may differ.
      let (inAll, inReduced) = (all.found.filter(Self.isClaimed), reduced.found.filter(Self.isClaimed))
      let (missed, invented) = (inAll.subtracting(inReduced), inReduced.subtracting(inAll))
      guard !missed.isEmpty || !invented.isEmpty else { continue }
      Issue.record("\(model.name), \(program): missed \(missed.sorted()), invented \(invented.sorted())")
    }
    #expect(compared >= count)
    #expect(reducedExecutions < allExecutions)
    print(
      "fuzz \(model.name)\(which), seed \(Self.seed): \(compared) programs compared, \(tooLarge) too large replaced; "
        + "\(reducedExecutions) executions against \(allExecutions) by brute force")
  }
}
