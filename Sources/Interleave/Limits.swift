/// The bounds of what is explored; whoever exceeds one is told which.
public enum Limits {
  /// CPUs of one scenario.
  public static let cpus = 8
  /// Atomics, cells and sections of one scenario, the CPUs' own task states included.
  public static let locations = 32
  /// Interrupts of one scenario.
  public static let interrupts = 8
  /// Operations of one CPU in one execution.
  public static let stepsOfCode = 1_000
  /// Scheduled operations in one execution; beyond them it counts as a livelock.
  public static let stepsOfExecution = 600
  /// Steps of all executions of one search, and as much again as they cost; beyond it the space is called too large.
  public static let work = 3_000_000
  /// Operations of all codes in all executions together, as a tree.
  public static let unfolding = 200_000
  /// Different results of one operation, and different values that one condition is asked about.
  public static let results = 256
  /// Different ends of all codes together, where the harness is run along each.
  public static let ends = 30_000
  /// Callbacks of a subject that run within each other.
  public static let callbacks = 16
  /// How often each code is run again, to see whether it does the same.
  public static let repetitions = 24
  /// How often it is looked whether a code has changed something that is not shared, the first times that it goes on.
  public static let looksAtPlainState = 100
  /// Letters of a name.
  public static let letters = 60
  /// Executions that are looked at to learn which stores no code reads.
  public static let glance = 200
  /// Operations of one call of a subject, looks that see nothing new not counted, where there are too many executions to
  /// look at all.
  public static let operationsOfCall = 40
  /// Histories that are kept to compare what a subject does in different scenes.
  public static let conduct = 1_000_000
  /// How often a call that must not wait may look at the same location and see the same.
  public static let looksOfCall = 4
  /// How often in a row the same load may see the same value before it counts as waiting.
  public static let rereads = 8
  /// Operations of a loop that sees nothing new after which it gives up: with more, not all turns are looked at.
  public static let patience = 64
  /// How far a loop that sees nothing new is followed to find out whether it gives up.
  public static let foresight = 20_000
  /// How far it is followed where all that its code keeps on its stack is as it was.
  public static let confirmation = 1_000
  /// How often a CPU in a loop whose end is not known is let turn when no other can go on.
  public static let forcedPasses = 12
  /// Bytes of one code's stack.
  public static let stackBytes = 256 * 1024
  /// Processor time without an operation that makes an endless loop, in milliseconds.
  public static let idleMilliseconds = 300
}

/// Ends the process with a sentence, in every build, where code asks for what there is not.
func require(_ isPossible: Bool, _ sentence: @autoclosure () -> String) {
  if !isPossible { fatalError(sentence()) }
}
