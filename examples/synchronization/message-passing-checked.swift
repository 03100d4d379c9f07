// Data and a flag, with no ordering between them: a CPU may see the flag without the data.
import Interleave

let data = Atomic(0)
let flag = Atomic(0)

cpu {
  data.store(1, ordering: .relaxed)
  flag.store(1, ordering: .relaxed)
}

cpu {
  let seen = flag.load(ordering: .relaxed)
  let read = data.load(ordering: .relaxed)
  check(seen == 0 || read == 1, "who sees the flag reads the data")
}
