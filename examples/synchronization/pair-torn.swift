// Two numbers that belong together, and nothing that keeps them together.
import Interleave

let first = Atomic(0)
let second = Atomic(0)

cpu {
  let one = first.load(ordering: .relaxed)
  let other = second.load(ordering: .relaxed)
  check(one == other, "a pair that was written together")
}

cpu {
  first.store(1, ordering: .relaxed)
  second.store(1, ordering: .relaxed)
}
