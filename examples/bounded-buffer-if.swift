// A buffer with room for one item. CPU 2 puts two items into it; CPUs 0 and 1 take one each. A task that has to wait
// announces its sleep, releases the lock, sleeps, and acquires the lock again.
//
// Predict before you run it: with `if`, a task that was woken takes for granted what its waker has seen. Which task can
// come between the two, and what does it do?
//
//     labs-cli race examples/bounded-buffer-if.swift
//
// In examples/bounded-buffer-while.swift, two words are different.
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
    if items.read() == 0 { wait() }
    precondition(items.read() == 1, "there is an item to take")
    items.write(0)
    wake(2)
    release()
  }
}

cpu {
  for _ in 0..<2 {
    acquire()
    if items.read() == 1 { wait() }
    items.write(1)
    if !wake(0) { wake(1) }
    release()
  }
}
