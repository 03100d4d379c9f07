// Peterson's lock as in examples/peterson.swift, with all stores and loads in `lock` in one order for both CPUs.
//
// Predict before you run it: a full barrier between the two stores and the two loads is enough for x86-64. Is it enough
// in the language, by whose rules the two CPUs' stores to `turn` may take either order, whichever CPU came first?
//
//     labs-cli race examples/peterson-sequential.swift
import Interleave

let wants = [Atomic(0), Atomic(0)]
let turn = Atomic(0)
let inside = CriticalSection()

func lock(_ me: Int) {
  wants[me].store(1, ordering: .sequentiallyConsistent)
  turn.store(1 - me, ordering: .sequentiallyConsistent)
  while wants[1 - me].load(ordering: .sequentiallyConsistent) == 1
    && turn.load(ordering: .sequentiallyConsistent) == 1 - me
  { cpuRelax() }
}

func unlock(_ me: Int) { wants[me].store(0, ordering: .releasing) }

for me in 0...1 {
  cpu {
    lock(me)
    inside.enter()
    inside.leave()
    unlock(me)
  }
}
