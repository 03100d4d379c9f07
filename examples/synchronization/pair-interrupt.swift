// An interrupt handler that reads interrupts the CPU that is writing.
import Interleave

let sequence = Atomic(0)
let first = Atomic(0)
let second = Atomic(0)

cpu {
  sequence.store(1, ordering: .relaxed)
  fence(ordering: .releasing)
  first.store(1, ordering: .relaxed)
  second.store(1, ordering: .relaxed)
  sequence.store(2, ordering: .releasing)
}

interrupt(on: 0) {
  let start = sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
  let one = first.load(ordering: .relaxed)
  observe("seen at \(start)", one)
}
