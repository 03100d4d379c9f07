// The same two CPUs with a number in plain memory.
//
// Predict before you run it: what is wrong here is wrong in every execution, also in those that end with 2. Why?
//
//     labs-cli race examples/data-race.swift
import Interleave

let count = SharedCell(0)

for _ in 0..<2 {
  cpu { count.write(count.read() + 1) }
}
