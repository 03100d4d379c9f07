import Foundation

/// One complete run of a tool on what a student sent.
struct ToolRun {
  /// The exit status, or 128 plus the signal.
  let status: Int32
  /// Standard error, up to the limit.
  let printed: [UInt8]
  /// Standard output, up to a limit.
  let output: [UInt8]
  /// What it used too much of, if it was stopped for that.
  let excess: Watch.Excess?
  /// Whether its output was longer than allowed.
  let wasCut: Bool

  /// Runs `command`; keeps at most `outputLimit` bytes of its standard output.
  init(
    _ command: SandboxedCommand, in sandbox: Sandbox, budget: Builder.Budget, outputLimit: Int = 64 << 10
  ) async throws {
    try Task.checkCancellation()
    let process = try SandboxedProcess(command, in: sandbox)
    var heard = try await Blocking.run(killing: process) {
      try Hearing(process, budget: budget, outputLimit: outputLimit)
    }
    let ending = try await process.end(grace: heard.stop == .closed ? .seconds(2) : .zero)
    try Task.checkCancellation()
    _ = heard.traffic.drain(process)
    status = heard.stop == .closed ? ending : 128 + SIGKILL
    printed = heard.traffic.printed
    output = heard.output
    if case .exceeded(let excess) = heard.stop { self.excess = excess } else { excess = nil }
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
      var (output, wasCut) = (output, wasCut)
      stop = try traffic.run(process, watch: Watch(budget)) { bytes in
        wasCut = wasCut || output.count + bytes.count > outputLimit
        output += bytes.prefix(outputLimit - output.count)
        return wasCut
      }
      (self.output, self.wasCut) = (output, wasCut)
    }
  }
}
