// The first CPU that needs an object makes it. Acquiring the lock is expensive, so each CPU first looks without it.
//
// Predict before you run it: the lock is correct, and the second CPU finds the object. How can a CPU see an object that
// exists but is not finished? Which one ordering is too weak?
//
//     labs-cli race examples/double-checked-locking.swift
import Interleave

let lock = Atomic(0)
let isMade = Atomic(0)
let object = SharedCell(0)

func use() -> Int {
  if isMade.load(ordering: .relaxed) == 0 {
    while lock.exchange(1, ordering: .acquiring) == 1 { lock.spin(until: { $0 == 0 }, ordering: .relaxed) }
    if isMade.load(ordering: .relaxed) == 0 {
      object.write(42)
      isMade.store(1, ordering: .releasing)
    }
    lock.store(0, ordering: .releasing)
  }
  return object.read()
}

for _ in 0..<2 {
  cpu { check(use() == 42, "the object is finished") }
}
