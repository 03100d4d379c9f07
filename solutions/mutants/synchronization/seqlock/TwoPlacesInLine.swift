// Misconception: one writer writes and one waits, so a queue of writers has two places.
// Killed by: interrupted, writers-and-reader, writers-exclude
// Breaks: one-writer in third-cpu
// Breaks: every-wait-ends in third-cpu
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let place = Atomic(0)
  private let places: [Atomic]
  private let sequence = Atomic(0)

  init() { places = [Atomic(1), Atomic(0)] }

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let mine = place.fetchAdd(1, ordering: .relaxed) % 2
    places[mine].spin(until: { $0 == 1 }, ordering: .acquiring)
    places[mine].store(0, ordering: .relaxed)
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return 2 * mine + flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    places[1 - flags / 2].store(1, ordering: .releasing)
    irqRestore(flags % 2)
  }
}
