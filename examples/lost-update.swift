// Two CPUs add 1 to the same number. `i += 1` is a load, an addition and a store.
//
// Predict before you run it: which values can count have at the end, and how many different executions lead to each of
// them? Is the memory model to blame?
//
//     labs-cli race examples/lost-update.swift
//
// Then write `count.fetchAdd(1, ordering: .relaxed)`. Why is relaxed enough?
import Interleave

let count = Atomic(0)

for _ in 0..<2 {
  cpu {
    let old = count.load(ordering: .relaxed)
    count.store(old + 1, ordering: .relaxed)
  }
}
