import LabKernel
import Testing

@Suite struct AddressSpaceTests {
  @Test func `every word is zero until it is written`() {
    var space = AddressSpace(words: 3)
    space[1] = 7
    #expect([space[0], space[1], space[2]] == [0, 7, 0])
  }

  @Test(arguments: [-1, 3, Int.max, Int.min])
  func `there is no word outside, and writing there does nothing`(address: Int) {
    var space = AddressSpace(words: 3)
    space[address] = 7
    #expect(space[address] == nil)
    #expect(space == AddressSpace(words: 3))
  }
}
