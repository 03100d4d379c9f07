// One CPU writes a message, and then says that it is there. The other looks, and reads.
//
// Predict before you run it: the reader checks that a message which is announced has been written. An x86-64 processor
// never lets this check fail, an arm64 processor does. Which of the two orderings below is to blame?
//
//     labs-cli race examples/message-passing.swift
//
// Correct one of them, then both. Which does each memory model need?
import Interleave

let message = Atomic(0)
let isThere = Atomic(0)

cpu {
  message.store(42, ordering: .relaxed)
  isThere.store(1, ordering: .relaxed)
}

cpu {
  if isThere.load(ordering: .relaxed) == 1 {
    check(message.load(ordering: .relaxed) == 42, "what is announced has been written")
  }
}
