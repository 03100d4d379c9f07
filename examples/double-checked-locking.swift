// An object is made by the first who needs it. Taking the lock each time is dear, so that everyone first looks without.
//
// Predict before you run it: the lock is right, and whoever comes second finds the object. Who can see one that is
// there, but not finished? Which one ordering is too weak?
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
