// The philosophers of examples/dining-philosophers.swift have agreed to take the fork with the lower number first.
//
// Predict before you run it: why does an order of all forks rule out every cycle, however many philosophers there are?
//
//     labs-cli race examples/dining-philosophers-ordered.swift
import Interleave

let forks = [Atomic(0), Atomic(0), Atomic(0)]

func take(_ fork: Int) {
  while forks[fork].exchange(1, ordering: .acquiring) == 1 {
    forks[fork].spin(until: { $0 == 0 }, ordering: .relaxed)
  }
}

func putBack(_ fork: Int) { forks[fork].store(0, ordering: .releasing) }

for philosopher in 0..<3 {
  let (first, second) = (min(philosopher, (philosopher + 1) % 3), max(philosopher, (philosopher + 1) % 3))
  cpu {
    take(first)
    take(second)
    putBack(second)
    putBack(first)
  }
}
