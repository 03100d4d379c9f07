// A mutex in one word: 0 is free, 1 or 2 is held by CPU 0 or 1, and 8 is added while CPU 1 waits. `unlock` looks for
// the 8, and then makes the mutex free.
//
// Predict before you run it: the waiter announces its sleep, and adds the 8 in one atomic step. What still goes wrong?
//
//     labs-cli race examples/mutex-lost-waiter.swift
//
// Then let `unlock` do both in one step, with `exchange`. Is that enough under all memory models?
import Interleave

let mutex = Atomic(0)
let waiting = 8

func unlock() {
  let found = mutex.load(ordering: .relaxed)
  mutex.store(0, ordering: .releasing)
  if found != 1 { wake(1) }
}

cpu {
  while !mutex.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {
    mutex.spin(until: { $0 == 0 }, ordering: .relaxed)
  }
  unlock()
}

cpu {
  setCurrentState(.sleeping)
  while !mutex.compareExchange(expected: 0, desired: 2, ordering: .acquiring).exchanged {
    guard mutex.compareExchange(expected: 1, desired: 1 + waiting, ordering: .relaxed).exchanged else { continue }
    park()
    setCurrentState(.sleeping)
  }
  setCurrentState(.running)
  mutex.store(0, ordering: .releasing)
}
