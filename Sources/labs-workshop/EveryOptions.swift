import ArgumentParser
import Exploration

/// What `labs-cli sim --every` can be told.
struct EveryOptions: ParsableArguments {
  @Flag(help: "Run the tasks in every order, and print each outcome.")
  var every = false

  @Flag(help: "With --every: instructions and sleeps take their times.")
  var timed = false

  @Option(help: ArgumentHelp("With --every: tell outcomes apart by this shared variable too.", valueName: "name"))
  var variable: [String] = []

  @Option(help: ArgumentHelp("With --every: print each step to this outcome.", valueName: "number"))
  var outcome: Int?

  @Option(help: ArgumentHelp("With --every: draw the states, as .dot or .html.", valueName: "file"))
  var graph: String?

  @Option(help: "With --every: stop after this many states.")
  var maxStates = Exploration.Limits().states

  /// Refuses what does not go together.
  ///
  /// - Parameter isOther: whether options are given that belong to a single run.
  func validate(beside isOther: Bool) throws {
    guard every else {
      let isAlone = !timed && variable.isEmpty && outcome == nil && graph == nil
      guard isAlone else { throw ValidationError("--timed, --variable, --outcome and --graph need --every") }
      return
    }
    guard !isOther else {
      throw ValidationError("--every runs the simplest components, and draws no timeline: use it without other options")
    }
    guard maxStates > 0 else {
      throw ValidationError("--max-states: expected a number above 0, found \(maxStates)")
    }
    guard graph.map({ $0.hasSuffix(".dot") || $0.hasSuffix(".html") }) ?? true else {
      throw ValidationError("--graph: expected a file that ends with .dot or .html")
    }
  }
}
