import HiddenSuites
import Judging
import LabKernel
import Reference

/// So much processor time may the hidden suite of a lab take on the reference, in seconds.
private let bound = 5.0

/// What each lab's whole hidden suite takes, the reference's runs and the verdicts together.
///
/// - Returns: whether all stay within the bound.
func measureSuites() -> Bool {
  let isWithin = [
    measure(HiddenSuites.realtime, Reference.realtime), measure(HiddenSuites.pipe, Reference.pipe),
    measure(HiddenSuites.ticketLock, Reference.ticketLock), measure(HiddenSuites.waitQueue, Reference.waitQueue),
    measure(HiddenSuites.seqlock, Reference.seqlock), measure(HiddenSuites.rcu, Reference.rcu),
    measure(HiddenSuites.rtMutex, Reference.rtMutex), measure(HiddenSuites.buddy, Reference.buddy),
  ]
  return !isWithin.contains(false)
}

private func measure<L: Lab>(_ suite: Suite<L>, _ reference: L.Component) -> Bool {
  var (cases, faults) = (0, 0)
  let time = seconds {
    for check in suite.checks {
      for input in check.cases(1) {
        let output = L.run(reference, on: L.question(input), calls: SilentCallLog())
        cases += 1
        if check.judge(input, output) != nil { faults += 1 }
      }
    }
  }
  let isWithin = time < bound && faults == 0
  print(
    "\(isWithin ? "ok    " : "MISSED") hidden suite of \(L.slug): \(format(time, 2)) s, \(suite.checks.count) checks, "
      + "\(cases) cases, \(faults) faults (bound: below \(format(bound, 0)) s)")
  return isWithin
}
