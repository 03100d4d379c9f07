import LabKernel
import Testing

@Suite struct MemoryMapTests {
  private let start = Segment.data.start

  @Test func `every byte is zero until it is written`() {
    var map = MemoryMap(bytes: 24)
    let isStored = map.store(7, .word, at: start + 8)
    #expect(isStored)
    #expect([0, 8, 16].map { map.load(.word, at: start + $0) } == [0, 7, 0])
  }

  @Test(arguments: [Width.byte, .int, .word], [0, 1, 3, 5, 7])
  func `a number is loaded as it was stored, at any address`(width: Width, offset: Int) {
    var map = MemoryMap(bytes: 16)
    let number = width == .byte ? 200 : -2
    let isStored = map.store(number, width, at: start + offset)
    #expect(isStored)
    #expect(map.load(width, at: start + offset) == number)
    let others = (0..<16).filter { !(offset..<offset + width.rawValue).contains($0) }
    #expect(others.allSatisfy { map.load(.byte, at: start + $0) == 0 })
  }

  @Test func `the first byte has the lowest bits`() {
    var map = MemoryMap(bytes: 8)
    let isStored = map.store(0x0102_0304, .word, at: start)
    #expect(isStored)
    #expect((0..<5).map { map.load(.byte, at: start + $0) } == [4, 3, 2, 1, 0])
    #expect(map.load(.int, at: start + 2) == 0x0102)
  }

  @Test(arguments: [-1, -8, 24, 21, Int.max, Int.min], [Width.int, .word])
  func `nothing is mapped outside, and a store there does nothing`(offset: Int, width: Width) {
    var map = MemoryMap(bytes: 24)
    let address = start &+ offset
    let isStored = map.store(7, width, at: address)
    #expect(!isStored)
    #expect(map.load(width, at: address) == nil)
    #expect(map == MemoryMap(bytes: 24))
  }
}
