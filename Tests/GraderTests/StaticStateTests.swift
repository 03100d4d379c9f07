import Grader
import Judging
import Testing

/// What a check says must not depend on the checks before it, nor on luck among its own cases.
@Suite struct StaticStateTests {
  /// Hands out no block once more than that many memories have been made in one process.
  private static func forgetful(after memories: Int) -> String {
    """
    import LabKernel
    struct BuddyAllocator: PageAllocator {
      nonisolated(unsafe) static var made = 0
      var simple: FirstFit
      init(frames: Int) {
        Self.made += 1
        simple = FirstFit(frames: frames)
      }
      mutating func allocate(order: Int) -> FrameNumber? { Self.made > \(memories) ? nil : simple.allocate(order: order) }
      mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) { try simple.free(frame, order: order) }
      var freeBlocks: [Int] { simple.freeBlocks }
    }
    """
  }

  @Test func `what is kept in a static variable does not reach the next check`() async throws {
    // More than the cases of any check, and fewer than those of all.
    let document = try await Bench.grade(Self.forgetful(after: 60))
    let failed = document.checks.filter { $0.verdict.status != .passed }.map(\.id)
    #expect(failed == ["smallest-first"])
  }

  @Test func `a case that fails only after others is reported so, in the check alone and among all`() async throws {
    let source = Self.forgetful(after: 4)
    let among = try await Bench.grade(source).checks.first { $0.id == "exhaustion" }
    let alone = try await Bench.grade(source, check: "exhaustion").checks.first
    #expect(among?.verdict == alone?.verdict)
    #expect(among?.verdict.status == .failed)
    #expect(among?.message.contains("something is kept in a static or global variable") == true)
  }
}
