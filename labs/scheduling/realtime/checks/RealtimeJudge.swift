import Judging
import LabHarness
import LabKernel

/// Compares a schedule with the schedule that follows from the rules, and explains the first difference.
package enum RealtimeJudge {
  /// Returns the first thing that is wrong with an output, or nil.
  ///
  /// - Parameter expected: the timelines that follow from the rules, one per CPU.
  package static func judge(
    _ input: RealtimeLab.Input, _ output: RealtimeLab.Output, expected: [String]
  ) -> Finding? {
    guard isWellFormed(output, for: input) else { return Finding("the output is not a schedule of these tasks") }
    if output.trouble.isEmpty, let reason = RealtimeRun.impossibility(input, output) {
      return Finding("the output is not a run of these tasks: \(reason)")
    }
    let actual = output.timelines
    let seen = output.trouble.isEmpty ? Workload.maximumTicks : output.ticks
    if let place = firstDifference(expected, actual, before: seen) {
      let difference = RealtimeDifference(input, output, expected: expected, cpu: place.cpu, time: place.time)
      let telling = difference.telling
      return Finding(
        telling.sentence,
        picture: .schedules(expected, actual, markedAt: place.time, note: "first difference, t=\(place.time)"),
        rule: telling.rule)
    }
    guard !output.trouble.isEmpty else { return nil }
    return Finding(
      "at t=\(seen): \(output.trouble)",
      picture: .schedules(expected, actual, markedAt: seen, note: "until here, t=\(seen)"),
      rule: output.trouble.contains("changed more") ? "hands-off" : "level-empties")
  }

  private static func isWellFormed(_ output: RealtimeLab.Output, for input: RealtimeLab.Input) -> Bool {
    let letters = Set(input.tasks.indices.map(TaskLetter.of) + ["."])
    let areSchedules = output.timelines.allSatisfy { line in
      line.count <= Workload.maximumTicks && line.allSatisfy(letters.contains)
    }
    return output.timelines.count == input.cpus && areSchedules && (0...Workload.maximumTicks).contains(output.ticks)
      && output.events.allSatisfy { input.tasks.indices.contains($0.task) }
  }

  /// Returns the earliest tick at which a CPU has another task than it should have.
  private static func firstDifference(
    _ expected: [String], _ actual: [String], before end: Int
  ) -> (cpu: Int, time: Int)? {
    let places = zip(expected, actual).enumerated().compactMap { cpu, lines -> (cpu: Int, time: Int)? in
      guard lines.0 != lines.1 else { return nil }
      let (expected, actual) = (Array(lines.0), Array(lines.1))
      let time = (0..<max(expected.count, actual.count)).first { expected.letter(at: $0) != actual.letter(at: $0) }
      return time.map { (cpu, $0) }
    }
    return places.filter { $0.time < end }.min { $0.time < $1.time }
  }
}

extension Array where Element == Character {
  /// Returns the task that runs at a tick; a dot after the end of the line.
  fileprivate func letter(at time: Int) -> Character { indices.contains(time) ? self[time] : "." }
}
