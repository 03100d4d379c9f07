internal import Interleave
internal import LabKernel

/// A place to wait until nobody else can go on.
struct Silence {
  /// Goes on only when no other CPU can.
  func waitUntilQuiet() { Interleave.waitUntilQuiet() }
}
