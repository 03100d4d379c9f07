import Foundation
import LabKernel

/// How many times as fast as SimPy the kernel must be.
let minimumRatio = 30.0
/// A copy of a kernel with a thousand tasks, and the first step of the copy, must not take more seconds than this.
let maximumSnapshotSeconds = 0.000_2
/// How many bytes a task without an address space may take.
let maximumTaskBytes = 704

/// How often each side of a comparison runs, in turns; the best run counts, because it was disturbed least.
let rounds = 2

/// The speed of one run, in context switches per second.
func switchesPerSecond(_ workload: Workload, tracing: Bool) -> Double {
  var kernel = workload.machine(tracing: tracing)
  let elapsed = seconds { kernel.run() }
  precondition(kernel.obituaries.count == workload.tasks, "every task comes to its end")
  return Double(kernel.switches) / elapsed
}

/// Measures the kernel against SimPy, with few tasks and many, and with the trace on and off.
func measureSwitches(_ report: inout Report, _ python: String) throws {
  for workload in [Workload(tasks: 1000, compute: 500), Workload(tasks: 100_000, compute: 5)] {
    let simpyWorkload = workload.tasks == 1000 ? Workload(tasks: 1000, compute: 50) : workload
    var rates = [false: 0.0, true: 0.0]
    var peerRate = 0.0
    var versions = ""
    for _ in 0..<rounds {
      guard let peer = try SimPy(python: python).run(simpyWorkload) else {
        report.add("SimPy", "does not run in \(python)", isWithin: false, bound: "it runs")
        return
      }
      peerRate = max(peerRate, peer.rate)
      versions = peer.versions
      for tracing in [false, true] {
        rates[tracing] = max(rates[tracing, default: 0], switchesPerSecond(workload, tracing: tracing))
      }
    }
    for tracing in [false, true] {
      let rate = rates[tracing, default: 0]
      let name = "\(workload.tasks) tasks, 4 CPUs, trace \(tracing ? "on" : "off")"
      let figures = "\(format(rate / 1e6, 2)) M switches/s against \(format(peerRate / 1e6, 3)) M in \(versions)"
      report.add(
        name, "\(format(rate / peerRate, 1)) times, \(figures)", isWithin: rate / peerRate >= minimumRatio,
        bound: "\(format(minimumRatio, 0)) times")
    }
  }
}

/// Measures a copy of a busy kernel, and the first step of the copy, which copies the tables.
func measureSnapshot(_ report: inout Report, tracing: Bool) {
  var kernel = Workload(tasks: 1000, compute: 50).machine(tracing: tracing)
  kernel.run(maximumEvents: 10_000)
  let times = (0..<1001).map { _ in
    kernel.step()
    return seconds {
      var copy = kernel
      copy.step()
    }
  }
  let median = times.sorted()[times.count / 2]
  report.add(
    "snapshot of 1000 tasks and its first step, trace \(tracing ? "on" : "off")", "\(format(median * 1000, 3)) ms",
    isWithin: median <= maximumSnapshotSeconds, bound: "\(format(maximumSnapshotSeconds * 1000, 1)) ms")
  var kept: [Kernel] = []
  let keeping = seconds {
    for _ in 0..<500 {
      var copy = kernel
      copy.step()
      kept.append(copy)
    }
  }
  print(
    "       the same where \(kept.count) copies are kept, in fresh memory: \(format(keeping * 1000 / 500, 3)) ms each")
}

/// Measures the rows of a task and of its process, its place in a run queue with room to grow, and its event in the queue of events.
func measureTask(_ report: inout Report) {
  let queueEntry = 2 * MemoryLayout<TaskID>.stride
  let event = 2 * MemoryLayout<Event>.stride
  let row =
    MemoryLayout<Task>.stride + MemoryLayout<ThreadGroup>.stride + MemoryLayout<SchedulingEntity>.stride
    + MemoryLayout<PID>.stride
  let bytes = row + queueEntry + event
  report.add(
    "a task without an address space", "\(bytes) bytes, \(row) of them its rows",
    isWithin: bytes <= maximumTaskBytes, bound: "\(maximumTaskBytes) bytes")
}
