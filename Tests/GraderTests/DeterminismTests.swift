import Foundation
import Grader
import Interleave
import Judging
import Testing

/// What differs from run to run decides nothing: it is the same, or it is noticed.
@Suite struct DeterminismTests {
  @Test(arguments: [
    ("", "_ = Int.random(in: 0..<2)", "a random number"),
    ("", "_ = [1, 2, 3].shuffled()", "a random number"),
    ("import Glibc", "var n = 0; _ = getentropy(&n, 8)", "a random number"),
    ("import Glibc", "_ = open(\"/dev/urandom\", O_RDONLY)", "a random number"),
    ("import Glibc", "_ = time(nil)", "the time"),
    ("import Glibc", "var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t)", "the time"),
    ("import Glibc", "var u = rusage(); getrusage(0, &u)", "the time"),
    ("", "_ = ContinuousClock.now", "the time"),
    ("import Foundation", "_ = Date()", "the time"),
  ]) func `luck and clocks are refused, with the line that asks`(
    _ above: String, _ asks: String, _ what: String
  ) async throws {
    let document = try await Mischief(above: above, allocate: asks).graded()
    #expect(document.status == .nondeterministic)
    let message =
      "BuddyAllocator.swift:6: it asks for \(what): what a component does must depend on nothing but its calls"
    #expect(document.checks[0].message == message + ", in allocate(order: 0)")
  }

  @Test(arguments: [
    ("", "print([\"a\": 1].hashValue, Set(0..<50).map { \"\\($0)\" }, Hasher().finalize())"),
    ("final class Object {}", "print(ObjectIdentifier(Object()).hashValue)"),
    ("import Glibc", "var here = 0; print(withUnsafePointer(to: &here) { $0 }, malloc(64)!, getpid())"),
    ("var order: Set<String> { Set((0..<20).map(String.init)) }", "print(order)"),
  ]) func `hashes and addresses are the same in each process`(_ above: String, _ shows: String) async throws {
    let mischief = Mischief(above: above, allocate: shows)
    let printed = try await mischief.graded().printed
    #expect(!printed.isEmpty && !printed.contains("rror"), "\(printed)")
    #expect(try await mischief.graded().printed == printed)
  }

  @Test(arguments: [
    ("let x = Atomic(0)", "Int.random(in: 0..<2)"),
    ("let x = Atomic(Int.random(in: 0..<2))", "1"),
    ("let x = Atomic(0); let start = ContinuousClock.now", "1"),
    ("let x = Atomic(0)", "Bool.random() ? 1 : 1"),
  ]) func `a program with CPUs that asks for luck or the time is named so, with the line`(
    _ setUp: String, _ value: String
  ) async throws {
    guard case .nondeterministic(let why) = try await Self.race(setUp, value) else {
      Issue.record("it was explored")
      return
    }
    #expect(why.hasPrefix("luck.swift:\(setUp == "let x = Atomic(0)" ? 4 : 3): it asks for "), "\(why)")
  }

  @Test(arguments: [
    ("final class A {}; let a = A(), b = A()", "ObjectIdentifier(a) < ObjectIdentifier(b) ? 1 : 2"),
    (
      "final class A {}",
      "{ let a = A(); return Set([ObjectIdentifier(a), ObjectIdentifier(A())]).first == ObjectIdentifier(a) ? 1 : 2 }()"
    ),
    ("enum S { nonisolated(unsafe) static var n = 0 }", "{ S.n += 1; return S.n }()"),
  ]) func `a program with CPUs that goes by addresses, or by an earlier run, is named so`(
    _ setUp: String, _ value: String
  ) async throws {
    guard case .unfoldings(let unfoldings, _) = try await Self.race("let x = Atomic(0); " + setUp, value) else {
      Issue.record("it was not explored")
      return
    }
    #expect(unfoldings.map(\.problem) == [.nondeterministic])
  }

  @Test func `a lock that goes by addresses fails with that status, and says so`() async throws {
    let lock = """
      import Interleave
      import LabKernel
      final class Object: Sendable {}
      struct TicketLock: SpinLock {
        let a = Object(), b = Object()
        let x = Atomic(0)
        init() {}
        func lock() { x.store(ObjectIdentifier(a) < ObjectIdentifier(b) ? 1 : 2, ordering: .relaxed) }
        func unlock() {}
        func tryLock() -> Bool { false }
      }
      """
    let file = SourceFile(name: "TicketLock.swift", bytes: Array(lock.utf8))
    let document = try await Bench.grade([file], for: try Bench.ticketLock())
    #expect(document.status == .nondeterministic, "\(document.checks.map(\.message))")
    #expect(document.checks.contains { $0.message.contains("does it depend on an address") })
  }

  /// Explores two CPUs, of which the first stores what is on line 4.
  private static func race(_ setUp: String, _ value: String) async throws -> RaceAnswer {
    let workshop = try await Bench.workshop.value
    let text = """
      import Interleave

      \(setUp)
      cpu { x.store(\(value), ordering: .relaxed) }
      cpu { observe("x", x.load(ordering: .relaxed)) }
      """
    let run = RaceRun(workshop: workshop, modules: .ofUser(workshop))
    return try await run.unfold(text, called: "luck.swift", [Plan(.sequential)])
  }
}
