internal import Interleave

/// A place to wait until nobody else can go on.
struct Silence {
  /// Nobody ever stores to it.
  private let word = Atomic(0)

  /// Waits for a change that never comes, and so goes on only when nobody else can.
  func waitUntilQuiet() {
    // Forgets what has been read so far: the next one waits for a change of that alone which is read between the two.
    cpuRelax()
    _ = word.load(ordering: .relaxed)
    cpuRelax()
  }
}
