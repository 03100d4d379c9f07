import Judging
import LabKernel

/// The hidden suites, by the name of the lab.
public enum HiddenSuites {
  /// The buddy allocator.
  public static var buddy: Suite<BuddyLab> { BuddySuite.suite }
}
