// A task checks first, and only then announces that it is about to sleep.
import Interleave

let ready = Atomic(0)

cpu {
  while ready.load(ordering: .relaxed) == 0 {
    setCurrentState(.sleeping)
    park()
  }
}

cpu {
  ready.store(1, ordering: .relaxed)
  wake(0)
}
