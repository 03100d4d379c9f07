// Explores the schedules of MOSAIC's models, written as scripts.
//
//     every-bench MODEL [N ...]            states, transitions, outcomes, seconds of processor time
//     every-bench MODEL [N ...] outcomes   the outcomes, one a line
//
// The models: parallel-inc N T, cond-var N producers consumers, tocttou P, fork-buf N.

import Exploration
import LabKernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

let arguments = Array(CommandLine.arguments.dropFirst())
guard let name = arguments.first, let model = Model(name, arguments.dropFirst().compactMap { Int($0) }) else {
  print("usage: every-bench parallel-inc N T | cond-var N P C | tocttou P | fork-buf N  [outcomes]")
  exit(64)
}
var limits = Exploration.Limits()
limits.variables = model.variables
limits.outcomes = arguments.last == "outcomes" ? .max : 0
var exploration = Exploration(try model.load(), limits: limits)
let start = clock()
let census = exploration.census()
let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
if arguments.last == "outcomes" {
  for outcome in census.outcomes where model.showsDeadlocks || !outcome.isDeadlock { print(model.text(outcome)) }
} else {
  let isAll = census.bound == nil ? "all" : "not-all"
  print(isAll, census.states, census.transitions, census.outcomeCount, seconds)
}
