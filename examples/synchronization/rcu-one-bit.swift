// Two alternating phases, 1 and 2: an updater waits for the readers of the phase that ends.
import Interleave

let pointer = Atomic(0)
let phase = Atomic(1)
let inside = Atomic(0)
let objects = [SharedCell(7), SharedCell(0), SharedCell(0)]

cpu {
  inside.store(phase.load(ordering: .relaxed), ordering: .releasing)
  fence(ordering: .sequentiallyConsistent)
  let found = pointer.load(ordering: .acquiring)
  observe("found", objects[found].read())
  inside.store(0, ordering: .releasing)
}

cpu {
  for new in 1...2 {
    objects[new].write(7 + new)
    pointer.store(new, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
    let old = phase.load(ordering: .relaxed)
    phase.store(3 - old, ordering: .relaxed)
    inside.spin(until: { $0 != old }, ordering: .acquiring)
    objects[new - 1].free()
  }
}
