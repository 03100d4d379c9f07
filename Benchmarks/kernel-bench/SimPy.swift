import Foundation

/// The peer: SimPy, in a Python that has it.
struct SimPy {
  /// The result of one run.
  struct Result {
    /// Turns per second.
    let rate: Double
    /// The versions of SimPy and of Python.
    let versions: String
  }

  /// The Python interpreter.
  let python: String

  /// Runs `workload` in SimPy; nil if that does not work, with the reason on standard error.
  func run(_ workload: Workload) throws -> Result? {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("simpy_round_robin.py")
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script.path] + [workload.tasks, workload.compute, workload.sleep].map { String($0) }
    process.standardOutput = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    process.waitUntilExit()
    guard words.count == 4, let slices = Double(words[0]), let seconds = Double(words[1]) else { return nil }
    return Result(rate: slices / seconds, versions: "SimPy \(words[2]) on Python \(words[3])")
  }
}
