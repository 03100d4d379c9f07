// One CPU writes a message and then sets a flag. The other checks the flag and reads the message.
//
// Predict before you run it: the reader checks that a message whose flag is set has been written. On an x86-64 CPU this
// check never fails; on an arm64 CPU it can. Which of the two orderings below is to blame?
//
//     labs-cli race examples/message-passing.swift
//
// Correct one of them, then both. Which ones does each memory model need?
import Interleave

let message = Atomic(0)
let isThere = Atomic(0)

cpu {
  message.store(42, ordering: .relaxed)
  isThere.store(1, ordering: .relaxed)
}

cpu {
  if isThere.load(ordering: .relaxed) == 1 {
    check(message.load(ordering: .relaxed) == 42, "the message is there")
  }
}
