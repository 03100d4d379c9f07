// A task announces that it is about to sleep, and then checks; but nothing keeps the two in this order.
import Interleave

let ready = Atomic(0)

cpu {
  while true {
    setCurrentState(.sleeping, ordering: .relaxed)
    if ready.load(ordering: .relaxed) == 1 { break }
    park()
  }
  setCurrentState(.running, ordering: .relaxed)
}

cpu {
  ready.store(1, ordering: .relaxed)
  wake(0)
}
