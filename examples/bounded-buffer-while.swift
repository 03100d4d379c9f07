// The buffer of examples/bounded-buffer-if.swift. A task that was woken checks again, under the lock, and sleeps again
// if it has to.
//
// Predict before you run it: can a task be woken in vain here? Is it correct if it is?
//
//     labs-cli race examples/bounded-buffer-while.swift
//
// Then let all three tasks wait for one condition: wake the first of the CPUs 0, 1 and 2 that sleeps, in both programs.
import Interleave

let next = Atomic(0)
let owner = Atomic(0)
let items = SharedCell(0)

func acquire() {
  let number = next.fetchAdd(1, ordering: .relaxed)
  owner.spin(until: { $0 == number }, ordering: .acquiring)
}

func release() { owner.fetchAdd(1, ordering: .releasing) }

func wait() {
  setCurrentState(.sleeping)
  release()
  park()
  acquire()
}

for _ in 0..<2 {
  cpu {
    acquire()
    while items.read() == 0 { wait() }
    precondition(items.read() == 1, "there is an item to take")
    items.write(0)
    wake(2)
    release()
  }
}

cpu {
  for _ in 0..<2 {
    acquire()
    while items.read() == 1 { wait() }
    items.write(1)
    if !wake(0) { wake(1) }
    release()
  }
}
