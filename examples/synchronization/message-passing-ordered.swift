// MP+pooncerelease+poacquireonce: the flag is stored with release and loaded with acquire.
import Interleave

let data = Atomic(0)
let flag = Atomic(0)

cpu {
  data.store(1, ordering: .relaxed)
  flag.store(1, ordering: .releasing)
}

cpu {
  observe("r0", flag.load(ordering: .acquiring))
  observe("r1", data.load(ordering: .relaxed))
}
