public import Interleave

/// The simplest RCU: one number for all CPUs says how many are in a section, and an updater waits until it is zero.
///
/// Correct, and of no use where there are many readers: all of them write to the one number, and as long as one of them
/// is in, an updater waits, be they ever so late. Readers that come and go in turns keep it waiting for ever.
///
/// - Simplified: Linux has no such thing; a reader-writer lock whose readers come first is the nearest to it.
///
/// It is a class because callbacks are added to one list, by whoever holds it.
public final class CountingRCU: ReadCopyUpdate {
  private let readers = Atomic(0)
  private var callbacks: [() -> Void] = []

  /// With nobody in a section.
  public init(cpus: Int) {}

  /// One more reader.
  public func readLock() {
    readers.fetchAdd(1, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
  }

  /// One less.
  public func readUnlock() { readers.fetchAdd(-1, ordering: .releasing) }

  /// Stores, and releases.
  public func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  /// Loads, and acquires.
  public func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  /// Waits until there are no readers.
  public func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    readers.spin(until: { $0 == 0 }, ordering: .acquiring)
  }

  /// Keeps the callback.
  public func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  /// Waits once for all callbacks that were kept, and runs them.
  public func barrier() {
    let due = callbacks
    callbacks = []
    if !due.isEmpty { synchronize() }
    for callback in due { callback() }
  }
}
