// A lock that is acquired in two steps: check that it is free, then take it.
import Interleave

let taken = Atomic(0)
let section = CriticalSection()

cpu {
  taken.spin(until: { $0 == 0 }, ordering: .acquiring)
  taken.store(1, ordering: .relaxed)
  section.enter()
  section.leave()
  taken.store(0, ordering: .releasing)
}

cpu {
  taken.spin(until: { $0 == 0 }, ordering: .acquiring)
  taken.store(1, ordering: .relaxed)
  section.enter()
  section.leave()
  taken.store(0, ordering: .releasing)
}
