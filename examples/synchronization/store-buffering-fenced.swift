// SB+fencembonceonces: the same with a full barrier between the store and the load.
import Interleave

let x = Atomic(0)
let y = Atomic(0)

cpu {
  x.store(1, ordering: .relaxed)
  fence(ordering: .sequentiallyConsistent)
  observe("r0", y.load(ordering: .relaxed))
}

cpu {
  y.store(1, ordering: .relaxed)
  fence(ordering: .sequentiallyConsistent)
  observe("r1", x.load(ordering: .relaxed))
}
