// MP+poonceonces: data, and a flag that says that the data is there.
import Interleave

let data = Atomic(0)
let flag = Atomic(0)

cpu {
  data.store(1, ordering: .relaxed)
  flag.store(1, ordering: .relaxed)
}

cpu {
  observe("r0", flag.load(ordering: .relaxed))
  observe("r1", data.load(ordering: .relaxed))
}
