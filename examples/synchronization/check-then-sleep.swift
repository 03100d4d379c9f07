// A task looks first, and then says that it sleeps.
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
