import LabKernel
import Testing

private let outermost = PIDNamespaceID(0)

struct CountingPIDsTests {
  @Test func `numbers are given in order, and none is given twice`() throws {
    var pids = CountingPIDs(limit: 310)
    let first = try pids.allocate(in: outermost)
    let second = try pids.allocate(in: outermost)
    #expect([first, second].map { pids.number(of: $0, in: outermost) } == [1, 2])
    pids.free(second)
    let third = try pids.allocate(in: outermost)
    #expect(pids.number(of: third, in: outermost) == 3)
    #expect(pids.find(2, in: outermost) == nil)
    #expect(pids.find(atOrAbove: 2, in: outermost) == third)
    #expect(pids.count(in: outermost) == 2)
  }

  @Test func `a task has a number in its namespace and in each namespace around it`() throws {
    var pids = CountingPIDs(limit: 310)
    let container = try pids.makeNamespace(in: outermost)
    let inner = try pids.makeNamespace(in: container)
    let shell = try pids.allocate(in: outermost)
    let server = try pids.allocate(in: container)
    let worker = try pids.allocate(in: inner)
    let numbers = [shell, server, worker].map { pid in
      [outermost, container, inner].map { pids.number(of: pid, in: $0) }
    }
    #expect(numbers == [[1, 0, 0], [2, 1, 0], [3, 2, 1]])
    #expect(pids.find(2, in: container) == worker)
    #expect(pids.namespace(of: worker) == inner)
    #expect(pids.parent(of: inner) == container)
    #expect([outermost, container, inner].map(pids.level) == [0, 1, 2])
  }

  @Test func `after the last number, allocate throws EAGAIN and keeps nothing`() throws {
    var pids = CountingPIDs(limit: 301)
    let container = try pids.makeNamespace(in: outermost)
    for _ in 1...300 { _ = try pids.allocate(in: outermost) }
    #expect(throws: Errno.EAGAIN) { try pids.allocate(in: container) }
    #expect(pids.count(in: container) == 0)
    #expect(pids.count(in: outermost) == 300)
  }

  @Test func `a closed namespace takes no tasks, and an empty one is closed`() throws {
    var pids = CountingPIDs(limit: 310)
    _ = try pids.allocate(in: outermost)
    let container = try pids.makeNamespace(in: outermost)
    let server = try pids.allocate(in: container)
    pids.close(container)
    #expect(throws: Errno.ENOMEM) { try pids.allocate(in: container) }
    let other = try pids.makeNamespace(in: outermost)
    pids.free(try pids.allocate(in: other))
    #expect(throws: Errno.ENOMEM) { try pids.allocate(in: other) }
    #expect(pids.find(1, in: container) == server)
  }

  @Test func `a namespace that nothing uses makes room for another`() throws {
    var pids = CountingPIDs(limit: 310)
    _ = try pids.allocate(in: outermost)
    let container = try pids.makeNamespace(in: outermost)
    let inner = try pids.makeNamespace(in: container)
    pids.release(container)
    let worker = try pids.allocate(in: inner)
    pids.release(inner)
    #expect(try pids.makeNamespace(in: outermost) == PIDNamespaceID(3))
    pids.free(worker)
    #expect(try Set([pids.makeNamespace(in: outermost), pids.makeNamespace(in: outermost)]) == [container, inner])
  }

  @Test func `there are 33 levels`() throws {
    var pids = CountingPIDs(limit: 310)
    var namespace = outermost
    for _ in 1...32 { namespace = try pids.makeNamespace(in: namespace) }
    #expect(pids.level(of: namespace) == 32)
    #expect(throws: Errno.ENOSPC) { try pids.makeNamespace(in: namespace) }
    let pid = try pids.allocate(in: namespace)
    #expect(pids.number(of: pid, in: outermost) == 1)
  }

  @Test(arguments: [Int.min, -1, 0, 3, 309, 310, Int.max])
  func `a number that was never given finds nothing`(number: Int) throws {
    var pids = CountingPIDs(limit: 310)
    _ = try pids.allocate(in: outermost)
    _ = try pids.allocate(in: outermost)
    #expect(pids.find(number, in: outermost) == nil)
  }
}
