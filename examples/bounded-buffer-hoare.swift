// The buffer of examples/bounded-buffer-if.swift, with a signal as Hoare meant it: a task that wakes another hands the
// lock over to it. The task that is woken holds the lock from its first step on.
//
// Predict before you run it: `if` stands where examples/bounded-buffer-while.swift needs `while`. Why is it enough?
//
//     labs-cli race examples/bounded-buffer-hoare.swift
//
// Each task here signals as the last thing that it does. What would it have to do if it were not done yet?
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
}

for _ in 0..<2 {
  cpu {
    acquire()
    if items.read() == 0 { wait() }
    precondition(items.read() == 1, "there is an item to take")
    items.write(0)
    if !wake(2) { release() }
  }
}

cpu {
  for _ in 0..<2 {
    acquire()
    if items.read() == 1 { wait() }
    items.write(1)
    if !wake(0), !wake(1) { release() }
  }
}
