public import Interleave

/// The simplest RCU: one counter says how many CPUs are in a section, and an updater waits until it is zero.
///
/// It is correct, and useless if there are many readers: all of them write to the one counter, and an updater waits as
/// long as any reader is in a section, even one that came later. Readers that come and go in turns keep it waiting
/// forever.
///
/// - Simplified: Linux has no such thing; a reader-writer lock whose readers come first is the nearest to it.
///
/// It is a class because all its users add callbacks to the same list.
public final class CountingRCU: ReadCopyUpdate {
  private let readers = Atomic(0)
  private var callbacks: [() -> Void] = []

  /// An RCU with no CPU in a section.
  public init(cpus: Int) {}

  /// Counts one more reader.
  public func readLock() {
    readers.fetchAdd(1, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
  }

  /// Counts one reader fewer.
  public func readUnlock() { readers.fetchAdd(-1, ordering: .releasing) }

  /// Stores with release ordering.
  public func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  /// Loads with acquire ordering.
  public func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  /// Waits until there are no readers.
  public func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    readers.spin(until: { $0 == 0 }, ordering: .acquiring)
  }

  /// Keeps the callback for the next `barrier()`.
  public func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  /// Waits once for all kept callbacks, and runs them.
  public func barrier() {
    let due = callbacks
    callbacks = []
    if !due.isEmpty { synchronize() }
    for callback in due { callback() }
  }
}
