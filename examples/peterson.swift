// Peterson's lock for two CPUs, from 1981: say that you want to enter, give the turn to the other CPU, and wait as long
// as the other CPU wants to enter and it has the turn.
//
// Predict before you run it: the lock was proved correct. Every store releases and every load acquires. On which
// processors does the lock keep the CPUs apart?
//
//     labs-cli race examples/peterson.swift
//
// The fix is in examples/peterson-sequential.swift; first find the place yourself.
import Interleave

let wants = [Atomic(0), Atomic(0)]
let turn = Atomic(0)
let inside = CriticalSection()

func lock(_ me: Int) {
  wants[me].store(1, ordering: .releasing)
  turn.store(1 - me, ordering: .releasing)
  while wants[1 - me].load(ordering: .acquiring) == 1 && turn.load(ordering: .acquiring) == 1 - me { cpuRelax() }
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
