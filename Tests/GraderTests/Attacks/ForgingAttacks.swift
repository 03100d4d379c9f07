import Foundation
import Grader
import Judging
import Testing

/// Programs that want a verdict without the work.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ForgingAttacks {
  @Test func `36: printed verdicts are inert`() async throws {
    let result = #"print("PASS"); print("{\"schema\": \"kernel-by-hand.results/1\", \"status\": \"passed\"}")"#
    let document = try await Mischief(allocate: result).graded()
    #expect(document.status == .failed)
    #expect(document.printed.contains("PASS"))
  }

  @Test func `36: answers on the channel before the question are no answers to it`() async throws {
    let forged = "let f: [UInt8] = [0x4F, 2, 0, 0, 0, 34, 34]; for _ in 0..<1000 { write(3, f, f.count) }"
    #expect(try await Mischief(above: "import Glibc", initially: forged).graded(check: nil).status == .failed)
  }

  @Test func `37: leaving early is a crash`() async throws {
    let document = try await Mischief(above: "import Glibc", allocate: "exit(0)").graded()
    #expect(document.status == .crashed)
    #expect(document.checks[0].message.hasPrefix("the program ended by itself (exit status 0) before it answered"))
  }

  @Test func `38: code before main cannot leave with success`() async throws {
    let hook = """
      import Glibc
      @used @section(".init_array") let hook: @convention(c) () -> Void = { _exit(0) }
      """
    let document = try await Mischief(above: hook).graded()
    #expect(document.checks[0].message.hasPrefix("the program ended by itself"))
  }

  @Test func `40: own checks, operators and libc functions have no effect`() async throws {
    let shadows = """
      public func == (left: [Int], right: [Int]) -> Bool { true }
      public func check(_ id: String) -> Bool { true }
      enum Suite { static func decide() -> Bool { true } }
      @_cdecl("strcmp") public func same(_ a: UnsafePointer<CChar>, _ b: UnsafePointer<CChar>) -> Int32 { 0 }
      """
    #expect(try await !Mischief(above: shadows).statuses(check: nil).contains(.passed))
  }

  @Test func `40: a student's own runner has no say`() async throws {
    let runner = "@_silgen_name(\"kernel_by_hand_serve\") public func mine(_ a: Int) { print(\"served\") }"
    #expect(try await !Mischief(above: runner).statuses(check: nil).contains(.passed))
  }

  @Test(arguments: [
    "[0x4F, 1, 0, 0, 0, 91]", "[0x4F, 4, 0, 0, 0, 34, 120, 34, 33]", "[1, 2, 3, 4, 5, 6, 7, 8]",
    "[0x48, 0, 0, 0, 0, 0x42, 0, 0, 0, 0]",
  ]) func `41: a malformed answer fails its check, and the next check is run`(_ bytes: String) async throws {
    let garbage = "if frames == 32 { let f: [UInt8] = \(bytes); write(3, f, f.count) }"
    let document = try await Mischief(above: "import Glibc", initially: garbage).graded(check: nil)
    #expect(document.checks.allSatisfy { $0.verdict.status == .failed })
    #expect(document.checks[1].message.hasPrefix("what it sent is"))
    #expect(!document.checks[2].message.hasPrefix("what it sent is"))
  }

  @Test func `41: an endless answer is an output limit`() async throws {
    let huge = "let f: [UInt8] = [0x4F, 255, 255, 255, 127]; write(3, f, f.count)"
    #expect(try await Mischief(above: "import Glibc", initially: huge).statuses() == [.outputLimit])
  }

  @Test func `41: a flood of messages without content is no answer, and fills no memory`() async throws {
    let flood =
      "let f = [UInt8](repeating: 0, count: 50_000).indices.flatMap { _ in [0x44, 0, 0, 0, 0] as [UInt8] }; while true { write(3, f, f.count) }"
    #expect(try await Mischief(above: "import Glibc", initially: flood).statuses() == [.failed])
  }

  @Test func `41: answers that are too many megabytes together are not kept`() async throws {
    let flood = """
      var f: [UInt8] = [0x4F, 0, 0, 0xF0, 0] + [UInt8](repeating: 0x20, count: 0xF00000)
      for _ in 0..<20 { var rest = f[...]; while !rest.isEmpty { let n = rest.withUnsafeBytes { write(3, $0.baseAddress, $0.count) }; if n <= 0 { exit(4) }; rest = rest.dropFirst(n) } }
      f = []
      """
    let document = try await Mischief(above: "import Glibc", initially: flood).graded()
    #expect(document.status == .outputLimit)
    #expect(
      document.checks[0].message
        == "what it answered has 15728640 bytes, which is more than any right answer has")
  }

  /// It puts a lab of its own in front of the real one, and sends what a lock that does nothing can do where nothing is
  /// protected: each operation is one that a lock could have led to, but not in the scene that was asked for.
  @Test func `41: what codes of another scene can do is no answer`() async throws {
    let source = """
      import LabHarness
      import LabKernel
      typealias Real = TicketLockLab
      typealias AnyLab = Lab
      enum LabHarness {
        typealias Lab = AnyLab
        enum TicketLockLab: AnyLab {
          static func run(_ component: any SpinLock.Type, on input: Real.Input, calls: any CallLog) -> Real.Output {
            var harmless = input
            harmless.scene.protected = .nothing
            return Real.run(component, on: harmless, calls: calls)
          }
        }
      }
      struct TicketLock: SpinLock {
        init() {}
        func lock() {}
        func tryLock() -> Bool { true }
        func unlock() {}
      }
      """
    let lab = try Bench.ticketLock().only { $0.id == "mutual-exclusion" || $0.id == "lost-updates" }
    let document = try await Bench.grade([SourceFile(name: "TicketLock.swift", bytes: Array(source.utf8))], for: lab)
    #expect(document.checks.map(\.verdict.status) == [.failed, .failed])
    #expect(document.checks.allSatisfy { $0.message.hasPrefix("what it sent is not an unfolding of this scene: ") })
  }

  @Test func `41: last words of a living program decide only its own failure`() async throws {
    let words = "let f: [UInt8] = [0x44, 2, 0, 0, 0, 120, 120]; write(3, f, f.count); exit(3)"
    #expect(try await Mischief(above: "import Glibc", initially: words).statuses() == [.crashed])
  }
}
