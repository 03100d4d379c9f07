import LabKernel
import Testing

@Suite struct RegistersTests {
  @Test func `nine registers hold nine numbers`() {
    var registers = Registers()
    let all = (0..<Registers.count).compactMap { Register($0) }
    for register in all { registers[register] = Int.min + Int(register.number) }
    #expect(all.map { registers[$0] } == (0..<9).map { Int.min + $0 })
  }

  @Test(arguments: [-1, 9, 100])
  func `there is no tenth register`(number: Int) {
    #expect(Register(number) == nil)
  }
}
