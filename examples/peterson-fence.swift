// Peterson's lock as in examples/peterson.swift, with a full fence between what a CPU says and what it then looks at.
//
// Predict before you run it: is one fence in each CPU enough, under all memory models? Could it stand one line higher?
//
//     labs-cli race examples/peterson-fence.swift
import Interleave

struct PetersonLock {
  let wants = [Atomic(0), Atomic(0)]
  let turn = Atomic(0)

  func lock(_ me: Int) {
    wants[me].store(1, ordering: .releasing)
    turn.store(1 - me, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
    while wants[1 - me].load(ordering: .acquiring) == 1 && turn.load(ordering: .acquiring) == 1 - me { cpuRelax() }
  }

  func unlock(_ me: Int) { wants[me].store(0, ordering: .releasing) }
}

let peterson = PetersonLock()
let inside = CriticalSection()

for me in 0...1 {
  cpu {
    peterson.lock(me)
    inside.enter()
    inside.leave()
    peterson.unlock(me)
  }
}
