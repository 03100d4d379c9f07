// An interrupt handler acquires the lock that the interrupted code may hold.
import Interleave

let taken = Atomic(0)

cpu {
  while taken.exchange(1, ordering: .acquiring) == 1 { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
  taken.store(0, ordering: .releasing)
}

interrupt(on: 0) {
  while taken.exchange(1, ordering: .acquiring) == 1 { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
  taken.store(0, ordering: .releasing)
}
