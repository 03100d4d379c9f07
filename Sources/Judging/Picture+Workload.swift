package import LabHarness
package import LabKernel

/// The number of ticks that one picture shows.
private let pictureWidth = 60
/// The minimum number of ticks shown before the marked one, if there are as many.
private let pictureContext = 40

extension Picture {
  /// Creates a picture of the schedules of all CPUs, expected above actual, around the marked tick.
  package static func schedules(_ expected: [String], _ actual: [String], markedAt time: Int, note: String) -> Picture {
    let end = (expected + actual).map(\.count).max() ?? 0
    let start = end <= pictureWidth ? 0 : max(0, time - pictureContext) / 10 * 10
    let window = start..<max(start, min(end, start + pictureWidth))
    var rows = [Row("", ruler(window))]
    for cpu in expected.indices {
      let name = expected.count == 1 ? "" : "cpu\(cpu) "
      rows.append(Row(name + "expected", cut(expected[cpu], window)))
      rows.append(Row(name + "actual", cut(actual[cpu], window)))
    }
    return Picture(rows, mark: Mark(column: time - start, note: note))
  }

  private static func cut(_ line: String, _ window: Range<Int>) -> String {
    let letters = Array(line)
    return String(window.map { letters.indices.contains($0) ? letters[$0] : "." })
  }

  /// The number of every tenth tick.
  private static func ruler(_ window: Range<Int>) -> String {
    var line = ""
    for tick in stride(from: window.lowerBound, to: window.upperBound, by: 10) {
      line += String(repeating: " ", count: tick - window.lowerBound - line.count) + String(tick)
    }
    return line
  }
}

extension Workload {
  /// The case as rows: the machine, then one row per task.
  package var picture: [Picture.Row] {
    let machine = "\(cpus) \(cpus == 1 ? "CPU" : "CPUs"), slice of \(slice) \(slice == 1 ? "tick" : "ticks")"
    let rows = tasks.enumerated().map { index, task in
      Picture.Row(String(TaskLetter.of(index)), task.words)
    }
    return [Picture.Row("machine", machine)] + rows
  }
}

extension Workload.Plan {
  /// The task in a few words: `rr 50 from t=2: run 3, sleep 2, run 1`.
  fileprivate var words: String {
    let begin = start == 0 ? "" : " from t=\(start)"
    return policy.words(priority) + begin + ": " + steps.map(\.words).joined(separator: ", ")
  }
}

extension Workload.Step {
  fileprivate var words: String {
    switch self {
    case .compute(let ticks): "run \(ticks)"
    case .sleep(let ticks): "sleep \(ticks)"
    case .yield: "yield"
    case .setScheduler(let policy, let priority): "become \(policy.words(priority))"
    }
  }
}

extension SchedulingPolicy {
  /// Returns the policy with a priority, in words: `rr 50`.
  package func words(_ priority: Int) -> String { isRealtime ? "\(rawValue) \(priority)" : "ordinary" }
}
