// A lock that is looked at first and taken then.
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
