// Three philosophers sit around a table with three forks. Each takes the fork to the left, then the one to the right,
// eats, and puts both back.
//
// Predict before you run it: what is the shortest way to a table at which no philosopher ever eats again?
//
//     labs-cli race examples/dining-philosophers.swift
//
// A change to one line makes that impossible: see examples/dining-philosophers-ordered.swift.
import Interleave

let forks = [Atomic(0), Atomic(0), Atomic(0)]

func take(_ fork: Int) {
  while forks[fork].exchange(1, ordering: .acquiring) == 1 {
    forks[fork].spin(until: { $0 == 0 }, ordering: .relaxed)
  }
}

func putBack(_ fork: Int) { forks[fork].store(0, ordering: .releasing) }

for philosopher in 0..<3 {
  let (left, right) = (philosopher, (philosopher + 1) % 3)
  cpu {
    take(left)
    take(right)
    putBack(right)
    putBack(left)
  }
}
