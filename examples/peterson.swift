// Peterson's lock for two CPUs, from 1981: announce that you want to go in, let the other go first, and wait as long as
// the other wants to and it is its turn.
//
// Predict before you run it: it was proved right. Every store releases and every load acquires. On which processors
// does it keep the CPUs apart?
//
//     labs-cli race examples/peterson.swift
//
// What is missing stands in examples/peterson-fence.swift; find the place yourself first.
import Interleave

struct PetersonLock {
  let wants = [Atomic(0), Atomic(0)]
  let turn = Atomic(0)

  func lock(_ me: Int) {
    wants[me].store(1, ordering: .releasing)
    turn.store(1 - me, ordering: .releasing)
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
