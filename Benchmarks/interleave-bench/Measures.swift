import CFiber
import Foundation
import Interleave

/// A number with that many digits after the point.
func format(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }

/// The seconds of this thread's processor time that something takes: what else the machine does counts little.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = processorTime()
  try work()
  return processorTime() - start
}

private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least of several times: the one that the machine disturbed least.
func least(of rounds: Int, _ work: () throws -> Double) rethrows -> Double {
  var least = Double.infinity
  for _ in 0..<rounds { least = min(least, try work()) }
  return least
}

/// Measures how often per second a fiber is resumed and yields: two switches.
func measureSwitches() {
  let rounds = 2_000_000
  guard let fiber = cfiber_create(64 * 1024) else { return }
  cfiber_prepare(fiber, { _ in while true { cfiber_yield() } }, nil)
  let time = least(of: 5) { seconds { for _ in 0..<rounds { _ = cfiber_resume(fiber) } } }
  cfiber_destroy(fiber)
  print("fiber switches: \(format(Double(2 * rounds) / time / 1e6, 1)) million a second")
}

/// Measures how much is learned per second, and how many executions are explored per second.
func measureHalves() {
  for (kind, cpus) in [(LockKind.ticketLoop, 3), (.testAndSet, 3), (.ticket, 6)] {
    for model in MemoryModel.allCases {
      let plan = Plan(model)
      var unfolding = Unfolding()
      let learning = least(of: 3) { seconds { unfolding = unfold([plan], kind.scenario(cpus: cpus)) } }
      var report: Report?
      let searching = least(of: 3) { seconds { report = investigate(unfolding, plan) } }
      let executions = report?.executions ?? 0
      let name = "\(kind.rawValue), \(cpus) CPUs, \(model.name)"
      print(
        "\(name): \(unfolding.operations) operations learned, \(executions) executions at "
          + "\(format(Double(executions) / searching / 1e3, 0)) thousand a second; "
          + "learning takes \(format((learning - searching) * 1e3, 1)) ms of \(format(learning * 1e3, 1)) ms")
    }
  }
}

/// Measures how many operations per second are learned from code that is asked for the first time.
func measureLearning() {
  let steps = 900
  var unfolding = Unfolding()
  let time = least(of: 5) {
    seconds {
      unfolding = unfold([Plan(.sequential)]) { scenario in
        let words = (0..<4).map { Atomic($0) }
        for word in words { scenario.cpu { for _ in 0..<steps / 8 { word.fetchAdd(1, ordering: .relaxed) } } }
      }
    }
  }
  print("learning alone: \(format(Double(unfolding.operations) / time / 1e3, 0)) thousand operations a second")
}

/// Measures what it costs to give the verdict elsewhere: all of it against unfolding alone, in turns.
///
/// - Returns: whether it stays within the bound.
func measureBoundary() throws -> Bool {
  var isWithin = true
  for (kind, cpus) in [(LockKind.ticket, 5), (.mcs, 3), (.testAndSet, 3), (.ticketLoop, 3)] {
    let plan = Plan(.releaseAcquire)
    var (whole, half, bytes) = (Double.infinity, Double.infinity, 0)
    for _ in 0..<15 {
      half = min(half, seconds { _ = unfold([plan], kind.scenario(cpus: cpus)) })
      whole = min(
        whole,
        try seconds {
          let sent = try JSONEncoder().encode(unfold([plan], kind.scenario(cpus: cpus)))
          bytes = sent.count
          let received = try JSONDecoder().decode(Unfolding.self, from: sent)
          guard received.deviation(from: kind.scenario(cpus: cpus, withLock: false)) == nil else {
            fatalError("the unfolding is not one of its scenario")
          }
          _ = investigate(received, plan)
        })
    }
    let isOurs = whole < 3 * half
    isWithin = isWithin && isOurs
    print(
      "\(isOurs ? "ok    " : "MISSED") both halves and the channel / unfolding alone, \(kind.rawValue), \(cpus) CPUs: "
        + "\(format(whole / half, 2))x (bound: below 3x; \(format(whole * 1e3, 2)) ms, \(bytes) bytes sent)")
  }
  return isWithin
}

/// The most memory that this process had, in MiB.
func peakMemory() -> Double {
  var usage = rusage()
  #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss) / 1_048_576
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  #endif
}

/// Measures the whole verdict on one lock.
func measureVerdict(_ kind: LockKind, cpus: Int, _ model: MemoryModel) {
  let plan = Plan(model)
  var report: Report?
  let time = seconds { report = investigate(unfold([plan], kind.scenario(cpus: cpus)), plan) }
  guard let report else { return }
  let verdict =
    report.counterexample.map { "wrong: \($0.execution.ending)" } ?? report.problem?.sentence
    ?? (report.isComplete ? "right" : "too many executions to tell")
  print(
    "\(report.executions) executions, \(report.redundant) redundant, \(format(time * 1e3, 2)) ms, "
      + "\(format(peakMemory(), 1)) MiB at the peak: \(verdict)")
}
