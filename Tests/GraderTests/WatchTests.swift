import Foundation
import Grader
import Testing

@Suite struct WatchTests {
  private let limits = Limits(cpuSeconds: 1, memoryMiB: 64, outputKiB: 1)

  /// What a watch says after that many looks at trees that `tree` makes.
  private func excess(after looks: Int, _ tree: (Int) -> ProcessTree?) -> Watch.Excess? {
    var watch = Watch(limits)
    for look in 0..<looks { if let excess = watch.look(at: tree(look)) { return excess } }
    return nil
  }

  @Test func `a program that waits for a processor is never late`() {
    #expect(
      excess(after: 10_000) { _ in
        var tree = ProcessTree()
        tree.isAsleep = false
        return tree
      } == nil)
  }

  @Test func `a program that sleeps is late after so many looks, not seconds`() {
    #expect(excess(after: 2 * 20) { _ in ProcessTree() } == nil)
    #expect(excess(after: 2 * 20 + 1) { _ in ProcessTree() } == .sleep)
  }

  @Test func `a sleeper that works now and then is late just as soon`() {
    let drip = { (look: Int) in
      var tree = ProcessTree()
      tree.processorTime = .milliseconds(10 * look)
      return tree
    }
    #expect(excess(after: 2 * 20, drip) == nil)
    #expect(excess(after: 2 * 20 + 1, drip) == .sleep)
  }

  @Test func `a program that computes is stopped by its processor time`() {
    #expect(
      excess(after: 10_000) { look in
        var tree = ProcessTree()
        tree.processorTime = .milliseconds(50 * look)
        tree.isAsleep = false
        return tree
      } == .processor)
  }

  @Test func `processor time that was used before does not count`() {
    #expect(
      excess(after: 100) { look in
        var tree = ProcessTree()
        tree.processorTime = .seconds(1000) + .milliseconds(look)
        tree.isAsleep = false
        return tree
      } == nil)
  }

  @Test func `memory is counted`() {
    #expect(
      excess(after: 1) { _ in
        var tree = ProcessTree()
        tree.resident = (64 + 129) << 20
        return tree
      } == .memory)
  }

  @Test func `a tree that is not there yet has used nothing`() { #expect(excess(after: 1000) { _ in nil } == nil) }

  #if os(Linux)
    @Test func `the kernel says that this very process runs, and how large it is`() throws {
      let tree = try #require(ProcessTree(root: getpid()))
      #expect(!tree.isAsleep && tree.resident > 1 << 20)
    }
  #endif
}
