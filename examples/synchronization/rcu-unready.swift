// A new object is published by a store that does not release.
import Interleave

let pointer = Atomic(0)
let objects = [SharedCell(7), SharedCell(0)]

cpu {
  let found = pointer.load(ordering: .acquiring)
  observe("found", objects[found].read())
}

cpu {
  objects[1].write(8)
  pointer.store(1, ordering: .relaxed)
}
