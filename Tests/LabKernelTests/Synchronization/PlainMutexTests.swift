import LabKernel
import Testing

@Suite struct PlainMutexTests {
  private let bus = MutexID(0)
  private let a = TaskID(2)
  private let b = TaskID(3)
  private let c = TaskID(4)

  @Test func `a mutex that was never locked is free`() {
    #expect(PlainMutex().owner(of: MutexID(7)) == nil)
  }

  @Test func `those that wait are served in the order in which they came`() throws {
    var tasks = Kernel().tasks
    var mutexes = PlainMutex()
    #expect(try mutexes.lock(bus, by: a, in: &tasks) == .acquired)
    #expect(try mutexes.lock(bus, by: c, in: &tasks) == .wait)
    #expect(try mutexes.lock(bus, by: b, in: &tasks) == .wait)
    #expect(try mutexes.unlock(bus, by: a, in: &tasks) == c)
    #expect(mutexes.owner(of: bus) == c)
    #expect(try mutexes.unlock(bus, by: c, in: &tasks) == b)
    #expect(try mutexes.unlock(bus, by: b, in: &tasks) == nil)
    #expect(mutexes.owner(of: bus) == nil)
  }

  @Test func `who gives up is not served`() throws {
    var tasks = Kernel().tasks
    var mutexes = PlainMutex()
    _ = try mutexes.lock(bus, by: a, in: &tasks)
    _ = try mutexes.lock(bus, by: b, in: &tasks)
    mutexes.giveUp(bus, by: b, in: &tasks)
    #expect(try mutexes.unlock(bus, by: a, in: &tasks) == nil)
  }

  @Test func `only the owner can unlock, and the owner cannot lock again`() throws {
    var tasks = Kernel().tasks
    var mutexes = PlainMutex()
    #expect(throws: Errno.EPERM) { try mutexes.unlock(bus, by: a, in: &tasks) }
    _ = try mutexes.lock(bus, by: a, in: &tasks)
    #expect(throws: Errno.EPERM) { try mutexes.unlock(bus, by: b, in: &tasks) }
    #expect(throws: Errno.EDEADLK) { try mutexes.lock(bus, by: a, in: &tasks) }
    #expect(mutexes.owner(of: bus) == a)
  }
}
