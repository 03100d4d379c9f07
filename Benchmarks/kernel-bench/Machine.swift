import Foundation
import LabKernel

/// The round robin that is measured: tasks that compute, sleep and compute again, on four CPUs, one tick per turn.
///
/// `Benchmarks/simpy_round_robin.py` runs the same schedule.
struct Workload {
  /// How many tasks there are.
  let tasks: Int
  /// How many ticks each computes, before its sleep and again after it.
  let compute: Int
  /// How many ticks each sleeps.
  let sleep = 5

  /// How many turns all tasks take together.
  var slices: Int { tasks * compute * 2 }

  /// A machine with all tasks spawned and nothing done yet.
  func machine(tracing: Bool) -> Kernel {
    let frames = (tasks + 1) << kernelStackOrder
    var kernel = Kernel(
      Configuration(cpus: 4, quantum: 1, frames: frames, pidLimit: maximumPIDLimit, tracing: tracing))
    var source = Program([.compute(.milliseconds(compute))])
    source.sleep(.milliseconds(sleep))
    source.append(.compute(.milliseconds(compute)))
    let program = kernel.load(source)
    for _ in 0..<tasks { kernel.spawn(Spawn("T", program)) }
    return kernel
  }
}

/// How long `work` takes, in seconds.
func seconds(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  let elapsed = clock.measure(work).components
  return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
}

/// What runs the benchmark: the processor's name, as /proc/cpuinfo has it, and how many there are.
func machineName() -> String {
  let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  let line = information.split(separator: "\n").first { $0.hasPrefix("model name") }
  let name = line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  return "\(name), \(ProcessInfo.processInfo.activeProcessorCount) CPUs"
}
