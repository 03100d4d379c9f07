import LabKernel
import Testing

@Suite struct RegistersTests {
  @Test func `eight registers hold eight numbers`() {
    var registers = Registers()
    let all = (0..<Registers.count).compactMap { Register($0) }
    for register in all { registers[register] = Int.min + Int(register.number) }
    #expect(all.map { registers[$0] } == (0..<8).map { Int.min + $0 })
  }

  @Test(arguments: [-1, 8, 100])
  func `there is no ninth register`(number: Int) {
    #expect(Register(number) == nil)
  }
}
