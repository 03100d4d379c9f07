/// The bounds of what is explored; an error names the bound that was exceeded.
public enum Limits {
  /// CPUs of one scenario.
  public static let cpus = 8
  /// Atomics, cells and sections of one scenario, including the CPUs' task states.
  public static let locations = 32
  /// Interrupts of one scenario.
  public static let interrupts = 8
  /// Operations of one CPU in one execution.
  public static let stepsOfCode = 1_000
  /// Scheduled operations in one execution; more count as a livelock.
  public static let stepsOfExecution = 600
  /// The work of one search over all executions, in units of about one step; beyond it the space counts as too large.
  public static let work = 3_000_000
  /// Operations of all codes in all executions together, as a tree.
  public static let unfolding = 200_000
  /// Different results of one operation, and different values on which one condition is evaluated.
  public static let results = 256
  /// Different ends of all codes together, since the harness is run along each.
  public static let ends = 30_000
  /// Nested callbacks of a subject.
  public static let callbacks = 16
  /// How often each code is run again, to check that it behaves the same.
  public static let repetitions = 24
  /// How often a code is checked for changes to unshared state, the first times that it runs on.
  public static let looksAtPlainState = 100
  /// Characters of a name.
  public static let letters = 60
  /// Executions that are explored to learn which stores no code reads.
  public static let glance = 200
  /// Operations of one call of a subject, not counting looks that see nothing new, if there are too many executions to
  /// explore them all.
  public static let operationsOfCall = 40
  /// Histories that are kept to compare what a subject does in different scenes.
  public static let conduct = 1_000_000
  /// How often a call that must not wait may look at the same location and see the same value.
  public static let looksOfCall = 4
  /// How often in a row the same load may see the same value before it counts as waiting.
  public static let rereads = 8
  /// Operations after which a loop that sees nothing new gives up; if it takes more, not every turn is explored.
  public static let patience = 64
  /// How many operations a loop that sees nothing new is followed for, to find out whether it gives up.
  public static let foresight = 20_000
  /// How many operations it is followed for while everything on its code's stack is as it was before.
  public static let confirmation = 1_000
  /// How often a CPU in a loop whose end is unknown may turn when no other CPU can go on.
  public static let forcedPasses = 12
  /// Bytes of one code's stack.
  public static let stackBytes = 256 * 1024
  /// Processor time without an operation that counts as an endless loop, in milliseconds.
  public static let idleMilliseconds = 300
}

/// Ends the process with a sentence, in every build, if code asks for something impossible.
func require(_ isPossible: Bool, _ sentence: @autoclosure () -> String) {
  if !isPossible { fatalError(sentence()) }
}
