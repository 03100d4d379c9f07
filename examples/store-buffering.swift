// Each of two CPUs announces itself in a variable of its own, and then checks whether the other CPU has.
//
// Predict before you run it: r0 and r1 are 0 or 1, so there are four outcomes. Under which memory models is each
// possible? Can the two CPUs miss each other?
//
//     labs-cli race examples/store-buffering.swift
//
// Then put `fence(ordering: .sequentiallyConsistent)` between the store and the load of both CPUs. Is it enough to put
// it into one CPU only?
import Interleave

let x = Atomic(0)
let y = Atomic(0)

cpu {
  x.store(1, ordering: .relaxed)
  observe("r0", y.load(ordering: .relaxed))
}

cpu {
  y.store(1, ordering: .relaxed)
  observe("r1", x.load(ordering: .relaxed))
}
