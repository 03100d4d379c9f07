// Two CPUs add one to a count, three times each.
import Interleave

let count = Atomic(0)

cpu {
  for _ in 0..<3 { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }
}

cpu {
  for _ in 0..<3 { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }
}
