// Two CPUs add 1 to the same number, which is in plain memory.
//
// Predict before you run it: the error here is in every execution, even in those that end with 2. Why?
//
//     labs-cli race examples/data-race.swift
import Interleave

let count = SharedCell(0)

for _ in 0..<2 {
  cpu { count.write(count.read() + 1) }
}
