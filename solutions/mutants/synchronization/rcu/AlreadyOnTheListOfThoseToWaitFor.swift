// Misconception: each call notes which CPUs are in a section; a CPU that an earlier callback has noted is waited for
// anyway and need not be noted again; it is overlooked that the CPU may be in a later section by now.
// Breaks: callbacks-after-a-grace-period in second-time
// Killed by: histories
import Interleave
import LabKernel

/// The grace period of a callback begins in call, with a look at the CPUs: odd is within a section, even outside.
final class SmallRCU: ReadCopyUpdate {
  private let turns: [Atomic]
  private var depth = 0
  private var turn = 0
  private var toWaitFor: [Int: Int] = [:]
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { turns = (0..<cpus).map { _ in Atomic(0) } }

  private func advance() {
    turn += 1
    turns[currentCPU].store(turn, ordering: .releasing)
  }

  func readLock() {
    if depth == 0 {
      advance()
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { advance() }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let noted = turns.map { $0.load(ordering: .acquiring) }
    for (cpu, number) in noted.enumerated() where number & 1 == 1 {
      turns[cpu].spin(until: { $0 != number }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    callbacks.append(callback)
    fence(ordering: .sequentiallyConsistent)
    for cpu in turns.indices where toWaitFor[cpu] == nil {
      let number = turns[cpu].load(ordering: .acquiring)
      if number & 1 == 1 { toWaitFor[cpu] = number }
    }
  }

  func barrier() {
    let (due, noted) = (callbacks, toWaitFor)
    (callbacks, toWaitFor) = ([], [:])
    for cpu in turns.indices {
      if let number = noted[cpu] { turns[cpu].spin(until: { $0 != number }, ordering: .acquiring) }
    }
    for callback in due { callback() }
  }
}
