// Two CPUs add one to a count: a load, and then a store.
import Interleave

let count = Atomic(0)

cpu { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }

cpu { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }
