import Interleave
import LabKernel

/// A small RCU: a counter of grace periods, which only grows, and for each CPU the period in which its section began.
///
/// ```
///   period         7            8                     9
///   CPU 0          |  [7     ]  |     [8   ]          |
///   CPU 1          |        [7  |       ]             |
///   synchronize             ^ 8: waits for the 7s   ^ over, though CPU 0 may be in a new section, with an 8
/// ```
///
/// Invariants. `sections[cpu]` is 0 outside sections. Inside one, it is the value that `period` had when the section
/// began, or an older one. `depth` and `callbacks` belong to one CPU: a stored property that is not atomic exists once
/// per CPU.
///
/// It is a class because `depth` and `callbacks` change.
///
/// - Source: McKenney, Is parallel programming hard, and, if so, what can you do about it?, appendix B, the
///   implementation with a free-running counter; Desnoyers, McKenney, Stern, Dagenais and Walpole, User-level
///   implementations of read-copy update, TPDS 2012, doi:10.1109/TPDS.2011.159.
/// - Simplified: the counter cannot wrap.
final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    todo("let updaters know that this CPU is in a section, before it loads any pointer")
  }

  func readUnlock() {
    todo("let updaters know that this CPU has left its outermost section, after everything that it read there")
  }

  func publish(_ object: Int, to pointer: Atomic) {
    todo("store, so that a reader that finds the object finds it initialized")
  }

  func dereference(_ pointer: Atomic) -> Int {
    todo("load, so that the object is found initialized")
  }

  func synchronize() {
    todo("wait for every CPU that is in a section now, and for no section that begins from now on")
  }

  func call(_ callback: @escaping () -> Void) {
    todo("keep the callback for later")
  }

  func barrier() {
    todo("run the callbacks that were kept, after a grace period")
  }
}
