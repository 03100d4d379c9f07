// Measures the explorer of interleavings; Benchmarks/interleaving.sh calls it.
//
//     interleave-bench                            speed of its parts, cost of the trust boundary and of the suites;
//                                                 exits with 1 if a bound was missed
//     interleave-bench verdict LOCK CPUS [MODEL]  the verdict on one lock: ticket, ticketLoop, mcs, testAndSet

import Foundation
import Interleave

let words = Array(CommandLine.arguments.dropFirst())
if words.first == "verdict", words.count >= 3, let kind = LockKind(rawValue: words[1]), let cpus = Int(words[2]) {
  let model = MemoryModel.allCases.first { $0.name == words.dropFirst(3).first } ?? .releaseAcquire
  measureVerdict(kind, cpus: cpus, model)
} else if words.isEmpty {
  measureSwitches()
  measureLearning()
  measureHalves()
  let isCheap = try measureBoundary()
  print("\nhidden suites on the references, in one process")
  exit(try measureSuites() && isCheap ? 0 : 1)
} else {
  print("usage: interleave-bench [verdict LOCK CPUS [SC|TSO|RA]]")
  exit(64)
}
