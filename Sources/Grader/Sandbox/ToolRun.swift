import Foundation

/// One run, to its end, of a tool on what a student sent.
struct ToolRun {
  /// The exit status, or 128 and the signal.
  let status: Int32
  /// Standard error, up to the limit.
  let printed: [UInt8]
  /// Standard output, up to a limit.
  let output: [UInt8]
  /// Whether it was stopped because it took too long.
  let wasLate: Bool
  /// Whether its output was more than it may be.
  let wasCut: Bool

  /// Elapsed time, in multiples of processor time, after which a tool that waits for something is stopped.
  private static let patience = 3

  /// Runs `command`; keeps at most `outputLimit` bytes of its standard output.
  init(
    _ command: SandboxedCommand, in sandbox: Sandbox, budget: Builder.Budget, outputLimit: Int = 64 << 10
  ) async throws {
    try Task.checkCancellation()
    let process = try SandboxedProcess(command, in: sandbox)
    var heard = try await Blocking.run(killing: process) {
      try Hearing(process, budget: budget, outputLimit: outputLimit)
    }
    if heard.stop != .closed { process.kill() }
    let ending = await process.status()
    try Task.checkCancellation()
    _ = heard.traffic.drain(process)
    status = heard.stop == .closed ? try ending.get() : 128 + SIGKILL
    printed = heard.traffic.printed
    output = heard.output
    wasLate = heard.stop == .late
    wasCut = heard.wasCut
  }

  /// What was heard from the tool until it was done or stopped.
  private struct Hearing: Sendable {
    var traffic: PipeTraffic
    var output: [UInt8] = []
    var wasCut = false
    var stop = PipeTraffic.Stop.closed

    init(_ process: SandboxedProcess, budget: Builder.Budget, outputLimit: Int) throws {
      traffic = PipeTraffic(printLimit: budget.diagnosticsKiB << 10, truncates: true)
      let deadline = ContinuousClock.now + .seconds(ToolRun.patience * budget.cpuSeconds)
      var (output, wasCut) = (output, wasCut)
      stop = try traffic.run(process, until: deadline) { bytes in
        wasCut = wasCut || output.count + bytes.count > outputLimit
        output += bytes.prefix(outputLimit - output.count)
        return wasCut
      }
      (self.output, self.wasCut) = (output, wasCut)
    }
  }
}
