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

  @Test func `waiters are served in order of arrival`() throws {
    var entities = Kernel().entities
    var mutexes = PlainMutex()
    #expect(try mutexes.lock(bus, by: a, in: &entities) == .acquired)
    #expect(try mutexes.lock(bus, by: c, in: &entities) == .wait)
    #expect(try mutexes.lock(bus, by: b, in: &entities) == .wait)
    #expect(try mutexes.unlock(bus, by: a, in: &entities) == c)
    #expect(mutexes.owner(of: bus) == c)
    #expect(try mutexes.unlock(bus, by: c, in: &entities) == b)
    #expect(try mutexes.unlock(bus, by: b, in: &entities) == nil)
    #expect(mutexes.owner(of: bus) == nil)
  }

  @Test func `a waiter that gives up is not served`() throws {
    var entities = Kernel().entities
    var mutexes = PlainMutex()
    _ = try mutexes.lock(bus, by: a, in: &entities)
    _ = try mutexes.lock(bus, by: b, in: &entities)
    mutexes.giveUp(bus, by: b, in: &entities)
    #expect(try mutexes.unlock(bus, by: a, in: &entities) == nil)
  }

  @Test func `only the owner can unlock, and the owner cannot lock again`() throws {
    var entities = Kernel().entities
    var mutexes = PlainMutex()
    #expect(throws: Errno.EPERM) { try mutexes.unlock(bus, by: a, in: &entities) }
    _ = try mutexes.lock(bus, by: a, in: &entities)
    #expect(throws: Errno.EPERM) { try mutexes.unlock(bus, by: b, in: &entities) }
    #expect(throws: Errno.EDEADLK) { try mutexes.lock(bus, by: a, in: &entities) }
    #expect(mutexes.owner(of: bus) == a)
  }
}
