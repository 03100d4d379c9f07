internal import Interleave
internal import LabKernel

/// A place to wait until no other CPU can go on.
struct Silence {
  /// Returns only when no other CPU can go on.
  func waitUntilQuiet() { Interleave.waitUntilQuiet() }
}
