// One reader, one update, one grace period: correct under every memory model.
import Interleave

let pointer = Atomic(0)
let inside = Atomic(0)
let objects = [SharedCell(7), SharedCell(0)]

cpu {
  inside.store(1, ordering: .relaxed)
  fence(ordering: .sequentiallyConsistent)
  let found = pointer.load(ordering: .acquiring)
  observe("found", objects[found].read())
  inside.store(0, ordering: .releasing)
}

cpu {
  objects[1].write(8)
  pointer.store(1, ordering: .releasing)
  fence(ordering: .sequentiallyConsistent)
  inside.spin(until: { $0 == 0 }, ordering: .acquiring)
  objects[0].free()
}
