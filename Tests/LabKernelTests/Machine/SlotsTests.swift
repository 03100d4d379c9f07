import LabKernel
import Testing

@Suite struct SlotsTests {
  @Test func `a row keeps its index until it is removed`() {
    var slots = Slots<String>()
    let a = slots.insert("a")
    let b = slots.insert("b")
    slots.remove(a)
    #expect(slots[b] == "b")
    #expect(slots[a] == nil)
    #expect(slots.used == ["b"])
  }

  @Test func `the row that was removed last is used first`() {
    var slots = Slots<Int>()
    let indices = (0..<4).map { slots.insert($0) }
    slots.remove(indices[1])
    slots.remove(indices[3])
    #expect(slots.insert(10) == indices[3])
    #expect(slots.insert(11) == indices[1])
    #expect(slots.insert(12) == Handle(4))
  }

  @Test func `a row is changed in place`() {
    var slots = Slots<[Int]>()
    let row = slots.insert([1])
    slots[row]?.append(2)
    #expect(slots[row] == [1, 2])
  }

  @Test(arguments: UInt64(1)...10)
  func `any sequence of insertions and removals agrees with a dictionary`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var slots = Slots<Int>()
    var model: [Handle<Int>: Int] = [:]
    var agrees = true
    for value in 0..<300 {
      if random.oneIn(2), !model.isEmpty {
        let row = random.pick(model.keys.sorted { $0.index < $1.index })
        slots.remove(row)
        model[row] = nil
      } else {
        let row = slots.insert(value)
        agrees = agrees && model[row] == nil
        model[row] = value
      }
      agrees = agrees && slots.used.sorted() == model.values.sorted()
      agrees = agrees && model.allSatisfy { slots[$0.key] == $0.value }
    }
    #expect(agrees)
  }
}
