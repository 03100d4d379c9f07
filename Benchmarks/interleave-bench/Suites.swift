import Answers
import Judging
import LabHarness

/// How much processor time the hidden suite of a lab may take on the reference, in seconds.
private let bound = 5.0

/// Measures each lab's whole hidden suite, the reference's runs and the verdicts together.
///
/// - Returns: whether all stay within the bound.
func measureSuites() throws -> Bool {
  var stopwatch = Stopwatch()
  try Answers.visit(&stopwatch)
  return stopwatch.isWithin
}

private struct Stopwatch: LabVisitor {
  var isWithin = true

  mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) {
    guard let answer = entry.answer else { return }
    var (cases, faults) = (0, 0)
    let time = seconds {
      for check in answer.hidden.checks {
        for input in check.cases(1) {
          let output = L.run(answer.reference, on: L.question(input), calls: SilentCallLog())
          cases += 1
          if check.judge(input, output) != nil { faults += 1 }
        }
      }
    }
    let isFast = time < bound && faults == 0
    print(
      "\(isFast ? "ok    " : "MISSED") hidden suite of \(entry.slug): \(format(time, 2)) s, "
        + "\(answer.hidden.checks.count) checks, \(cases) cases, \(faults) faults (bound: below \(format(bound, 0)) s)")
    isWithin = isWithin && isFast
  }
}
