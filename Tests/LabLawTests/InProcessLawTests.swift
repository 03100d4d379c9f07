import Foundation
import Testing

/// The laws that need no sandbox.
struct InProcessLawTests {
  @Test(arguments: LawfulLab.slugs, [1, 2, 3, 5, 8, 13, 1_000_003, UInt64.max])
  func `the reference passes every check`(slug: String, seed: UInt64) throws {
    #expect(try LawfulLab.named(slug).complaints(seed) == [])
  }

  @Test(arguments: LawfulLab.slugs)
  func `equal seeds give equal runs, and other seeds do not`(slug: String) throws {
    let lab = try LawfulLab.named(slug)
    #expect(try lab.trace(4) == lab.trace(4))
    #expect(try lab.trace(4) != lab.trace(5))
  }

  @Test(arguments: LawfulLab.slugs)
  func `inputs and outputs survive the trip to the sandbox and back`(slug: String) throws {
    #expect(try LawfulLab.named(slug).lost(9) == [])
  }

  @Test(arguments: LawfulLab.slugs, UInt64(1)...20)
  func `no answer, however absurd, makes a judge trap`(slug: String, seed: UInt64) throws {
    #expect(try LawfulLab.named(slug).judgesDamage(seed) >= LawfulLab.enoughDamage)
  }

  @Test(arguments: LawfulLab.slugs)
  func `hundreds of cases are run`(slug: String) throws {
    let cases = try LawfulLab.named(slug).cases(1)
    #expect(cases.allSatisfy { $0 > 0 })
    // Exploring every interleaving of a scene counts as one case, too.
    #expect(cases.reduce(0, +) >= (try LawfulLab.named(slug).shape == .interleaving ? 20 : 200))
  }

  @Test(arguments: LawfulLab.slugs)
  func `check ids are words joined by hyphens, each used once`(slug: String) throws {
    let ids = try LawfulLab.named(slug).checkIDs
    #expect(Set(ids).count == ids.count)
    #expect(ids.filter { !$0.split(separator: "-", omittingEmptySubsequences: false).allSatisfy(isWord) } == [])
  }

  @Test(arguments: LawfulLab.slugs)
  func `exactly the checks have points, a hundred in all`(slug: String) throws {
    let points = try points(of: slug)
    #expect(points.map(\.id).sorted() == (try LawfulLab.named(slug).checkIDs.sorted()))
    #expect(points.map(\.points).reduce(0, +) == 100)
  }

  @Test func `first fit breaks only the rule of the smallest block`() throws {
    let others = ["boot-blocks", "sound-blocks", "splitting", "exhaustion", "coalescing", "double-free"]
    let failed = try LawfulLab.named("buddy").baselineFails(1)
    #expect(failed.first == "smallest-first")
    #expect(failed.filter { (others + ["foreign-blocks", "refused-frees"]).contains($0) } == [])
  }

  @Test func `readers that acquire the lock pass only where no write meets a read section`() throws {
    let lab = try LawfulLab.named("seqlock")
    let passed = Set(lab.checkIDs).subtracting(lab.baselineFails(1))
    #expect(passed == ["one-writer", "interrupts-off", "writers-exclude"])
  }

  @Test func `a single count of readers passes only where no section begins late`() throws {
    let lab = try LawfulLab.named("rcu")
    let passed = Set(lab.checkIDs).subtracting(lab.baselineFails(1))
    #expect(
      passed == [
        "publication", "grace-period", "nobody-there", "full-barriers", "calls", "store-buffers", "old-values",
      ])
  }

  @Test func `test and set breaks only the rules about turns`() throws {
    let failed = try LawfulLab.named("ticket-lock").baselineFails(1)
    #expect(failed == ["in-turn", "try-in-turn", "first-come-first-served", "try-in-line"])
  }

  @Test func `waking every task breaks only the rules about which tasks stay asleep`() throws {
    let failed = try LawfulLab.named("wait-queue").baselineFails(1)
    #expect(
      failed == [
        "one-exclusive", "in-line", "out-of-line", "oldest-first", "mixed-waiters", "next-in-line", "two-wakers",
        "awake-in-line", "handlers",
      ])
  }

  @Test func `a pipe of one page passes wherever one page is enough`() throws {
    let lab = try LawfulLab.named("pipe")
    let failed = lab.baselineFails(1)
    #expect(lab.checkIDs.filter { !failed.contains($0) } == ["end-of-file", "open-twice"])
  }

  @Test func `a plain mutex passes wherever no task is more urgent than another`() throws {
    let failed = try LawfulLab.named("rt-mutex").baselineFails(1)
    #expect(failed.contains("donation") && failed.contains("deadlock"))
    #expect(!failed.contains("taking-turns"))
  }

  private func isWord(_ word: Substring) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }

  /// Returns the lines under `points:` in the lab's manifest.
  private func points(of slug: String) throws -> [(id: String, points: Int)] {
    let text = try Repository.text("labs/\(Repository.place(of: slug))/lab.yml")
    let lines = text.split(separator: "\n").drop { $0 != "points:" }.dropFirst().prefix { $0.hasPrefix("  ") }
    return lines.compactMap { line in
      let parts = line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
      return parts.count == 2 ? Int(parts[1]).map { (parts[0], $0) } : nil
    }
  }
}
