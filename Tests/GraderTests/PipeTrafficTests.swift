import Foundation
import Grader
import Testing

@Suite struct PipeTrafficTests {
  /// It is sent more than a pipe holds, and is gone before it has read any of it.
  @Test func `a program that ends while it is written to ends its check, and not the grader`() async throws {
    let document = try await Mischief(above: "import Glibc", initially: "close(0); _exit(0)").graded()
    #expect(document.status == .crashed, "\(document.checks.map(\.message))")
  }
}
