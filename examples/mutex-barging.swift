// A mutex in one word: 0 is free, 1 or 2 is held by CPU 0 or 1, and 8 is added while CPU 1 waits. `unlock` makes it
// free and wakes the waiter, which then has to try again.
//
// Predict before you run it: CPU 0 needs the mutex twice. Can CPU 1 be woken and still not get it? And how often, if
// CPU 0 needs it a thousand times?
//
//     labs-cli race examples/mutex-barging.swift
//
// In examples/mutex-handoff.swift, a task that was woken in vain asks for the mutex to be handed over.
import Interleave

let mutex = Atomic(0)
let waiting = 8

func unlock() {
  if mutex.compareExchange(expected: 1, desired: 0, ordering: .releasing).exchanged { return }
  mutex.store(0, ordering: .releasing)
  wake(1)
}

cpu {
  for _ in 0..<2 {
    while !mutex.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {
      mutex.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
    unlock()
  }
}

cpu {
  var sleeps = 0
  setCurrentState(.sleeping)
  while !mutex.compareExchange(expected: 0, desired: 2, ordering: .acquiring).exchanged {
    guard mutex.compareExchange(expected: 1, desired: 1 + waiting, ordering: .relaxed).exchanged else { continue }
    check(sleeps == 0, "a task that was woken gets the mutex")
    sleeps += 1
    park()
    setCurrentState(.sleeping)
  }
  setCurrentState(.running)
  mutex.store(0, ordering: .releasing)
}
