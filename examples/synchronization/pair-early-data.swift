// The odd number is stored with release, with no fence after it.
import Interleave

let sequence = Atomic(0)
let first = Atomic(0)
let second = Atomic(0)

cpu {
  var (start, one, other) = (0, 0, 0)
  repeat {
    start = sequence.spin(until: { $0 & 1 == 0 }, ordering: .acquiring)
    one = first.load(ordering: .relaxed)
    other = second.load(ordering: .relaxed)
    fence(ordering: .acquiring)
  } while sequence.load(ordering: .relaxed) != start
  check(one == other, "a pair that was written together")
}

cpu {
  sequence.store(1, ordering: .releasing)
  first.store(1, ordering: .relaxed)
  second.store(1, ordering: .relaxed)
  sequence.store(2, ordering: .releasing)
}
