// The mutex of examples/mutex-barging.swift, but a task that was woken in vain adds 16 in place of 8. The next unlock
// then hands the mutex over: it makes CPU 1 the owner, and only then wakes it.
//
// Predict before you run it: CPU 0 needs the mutex three times. How often can CPU 1 be woken and still not get it? What
// would the answer be if CPU 0 needed it a thousand times?
//
//     labs-cli race examples/mutex-handoff.swift
//
// Then hand over at every unlock that finds a waiter. Which rows of the table are left, and what does that cost?
import Interleave

let mutex = Atomic(0)
let (waiting, handoff) = (8, 16)

func unlock() {
  let found = mutex.compareExchange(expected: 1, desired: 0, ordering: .releasing)
  if found.exchanged { return }
  mutex.store(found.original == 1 + handoff ? 2 : 0, ordering: .releasing)
  wake(1)
}

cpu {
  for _ in 0..<3 {
    while !mutex.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {
      mutex.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
    unlock()
  }
}

cpu {
  var sleeps = 0
  setCurrentState(.sleeping)
  while true {
    let found = mutex.compareExchange(expected: 0, desired: 2, ordering: .acquiring)
    if found.exchanged || found.original == 2 { break }
    let flag = sleeps == 0 ? waiting : handoff
    guard mutex.compareExchange(expected: 1, desired: 1 + flag, ordering: .relaxed).exchanged else { continue }
    check(sleeps < 2, "a task is woken in vain at most once")
    sleeps += 1
    park()
    setCurrentState(.sleeping)
  }
  setCurrentState(.running)
  mutex.store(0, ordering: .releasing)
  observe("woken in vain", max(0, sleeps - 1))
}
