// The second load of the counter acquires, with no fence before it.
import Interleave

let sequence = Atomic(0)
let first = Atomic(0)
let second = Atomic(0)

cpu {
  var (start, one, other) = (0, 0, 0)
  repeat {
    start = sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
    one = first.load(ordering: .relaxed)
    other = second.load(ordering: .relaxed)
  } while sequence.load(ordering: .acquiring) != start
  check(one == other, "a pair that was written together")
}

cpu {
  sequence.store(1, ordering: .relaxed)
  fence(ordering: .releasing)
  first.store(1, ordering: .relaxed)
  second.store(1, ordering: .relaxed)
  sequence.store(2, ordering: .releasing)
}
