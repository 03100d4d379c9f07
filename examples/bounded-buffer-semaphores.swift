// A buffer with room for one item, and three semaphores: free places, full places, and one that stands for a mutex.
// Each CPU goes through the buffer twice: CPU 0 puts, CPU 1 takes.
//
// Predict before you run it: each semaphore does what it should, and each `down` has its `up`. Which two lines are in
// the wrong order, and what is the shortest way to a standstill?
//
//     labs-cli race examples/bounded-buffer-semaphores.swift
//
// Then exchange the two lines on one CPU only. Is that enough? On which?
import Interleave

let free = Atomic(1)
let full = Atomic(0)
let mutex = Atomic(1)

func down(_ semaphore: Atomic) {
  while true {
    let count = semaphore.spin(until: { $0 > 0 }, ordering: .relaxed)
    if semaphore.compareExchange(expected: count, desired: count - 1, ordering: .acquiring).exchanged { return }
  }
}

func up(_ semaphore: Atomic) { semaphore.fetchAdd(1, ordering: .releasing) }

cpu {
  for _ in 0..<2 {
    down(mutex)
    down(free)
    up(full)
    up(mutex)
  }
}

cpu {
  for _ in 0..<2 {
    down(mutex)
    down(full)
    up(free)
    up(mutex)
  }
}
