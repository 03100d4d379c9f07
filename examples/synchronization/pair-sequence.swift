// The same pair under a sequence counter: correct under every memory model.
import Interleave

let sequence = Atomic(0)
let first = Atomic(0)
let second = Atomic(0)

cpu {
  var (start, one, other) = (0, 0, 0)
  repeat {
    start = sequence.load(ordering: .acquiring)
    while start % 2 == 1 {
      cpuRelax()
      start = sequence.load(ordering: .acquiring)
    }
    one = first.load(ordering: .relaxed)
    other = second.load(ordering: .relaxed)
    fence(ordering: .acquiring)
  } while sequence.load(ordering: .relaxed) != start
  check(one == other, "a pair that was written together")
}

cpu {
  sequence.store(1, ordering: .relaxed)
  fence(ordering: .releasing)
  first.store(1, ordering: .relaxed)
  second.store(1, ordering: .relaxed)
  sequence.store(2, ordering: .releasing)
}
