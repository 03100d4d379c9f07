import Foundation
import Interleave
import Testing

/// The example of the library's article.
struct ArticleTests {
  // article:begin
  struct SpinLock {
    let taken = Atomic(0)

    func lock() {
      while taken.exchange(1, ordering: .acquiring) == 1 { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
    }

    func unlock() { taken.store(0, ordering: .releasing) }
  }

  // article:end

  @Test func `the example does what the article says`() {
    // article:begin
    let plan = Plan(.releaseAcquire)
    let unfolding = unfold([plan]) { scenario in
      let lock = SpinLock()
      let count = SharedCell(0)
      scenario.names(from: lock)
      scenario.name(count, "count")
      for _ in 0..<2 {
        scenario.cpu {
          lock.lock()
          count.write(count.read() + 1)
          lock.unlock()
        }
      }
    }
    let report = investigate(unfolding, plan)
    // article:end
    #expect(report.executions == 6)
    #expect(report.isComplete)
    #expect(report.counterexample == nil)
  }

  @Test func `the article shows this very code`() throws {
    let test = try String(contentsOfFile: #filePath, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    var shown: [Substring] = []
    var isShown = false
    for line in test {
      let words = line.drop { $0 == " " }
      if words == "// article:begin" || words == "// article:end" {
        isShown = words.hasSuffix("begin")
      } else if isShown, !words.isEmpty {
        shown.append(words)
      }
    }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let article = try String(
      contentsOf: root.appendingPathComponent("Sources/Interleave/Interleave.docc/Interleave.md"), encoding: .utf8)
    let block = try #require(article.firstRange(of: "```swift\n"))
    let end = try #require(article[block.upperBound...].firstRange(of: "```"))
    let example = article[block.upperBound..<end.lowerBound].split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(example == shown)
  }
}
