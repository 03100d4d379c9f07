// SB+poonceonces: each CPU writes one word and reads the other.
import Interleave

let x = Atomic(0)
let y = Atomic(0)

cpu {
  x.store(1, ordering: .relaxed)
  observe("r0", y.load(ordering: .relaxed))
}

cpu {
  y.store(1, ordering: .relaxed)
  observe("r1", x.load(ordering: .relaxed))
}
