import LabKernel
import Testing

@Suite struct CPUSetTests {
  @Test func `CPUs are taken out from the lowest number on, including the last of 64`() {
    var set = CPUSet()
    for cpu in [63, 0, 7] { set.insert(CPUID(cpu)) }
    #expect([set.popFirst(), set.popFirst(), set.popFirst(), set.popFirst()] == [0, 7, 63, nil])
  }

  @Test func `a CPU is in the set from insert to remove`() {
    var set = CPUSet()
    #expect(set.isEmpty)
    set.insert(5)
    set.insert(5)
    #expect(set.contains(5) && !set.contains(4))
    set.remove(5)
    set.remove(6)
    #expect(set.isEmpty)
  }
}
