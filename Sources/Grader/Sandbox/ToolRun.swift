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
  init(_ command: SandboxedCommand, in sandbox: Sandbox, budget: Builder.Budget, outputLimit: Int = 64 << 10)
    async throws
  {
    try Task.checkCancellation()
    let result = try await Self.carry(
      command, in: sandbox, budget: budget, outputLimit: outputLimit, on: BlockingExecutor(label: "tool"))
    self = result
  }

  private init(status: Int32, printed: [UInt8], output: [UInt8], wasLate: Bool, wasCut: Bool) {
    self.status = status
    self.printed = printed
    self.output = output
    self.wasLate = wasLate
    self.wasCut = wasCut
  }

  /// The waiting is done on a thread of its own.
  private actor Carrier {
    let executor: BlockingExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    init(_ executor: BlockingExecutor) { self.executor = executor }

    func run(
      _ command: SandboxedCommand, in sandbox: Sandbox, budget: Builder.Budget, outputLimit: Int
    ) async throws -> ToolRun {
      let process = try SandboxedProcess(command, in: sandbox)
      var traffic = PipeTraffic(printLimit: budget.diagnosticsKiB << 10, truncates: true)
      var output: [UInt8] = []
      var wasCut = false
      let deadline = ContinuousClock.now + .seconds(ToolRun.patience * budget.cpuSeconds)
      let stop = try await withTaskCancellationHandler {
        try traffic.run(process, until: deadline) { bytes in
          wasCut = wasCut || output.count + bytes.count > outputLimit
          output += bytes.prefix(outputLimit - output.count)
          return wasCut
        }
      } onCancel: {
        process.kill()
      }
      if stop != .closed { process.kill() }
      let status = await process.status()
      try Task.checkCancellation()
      _ = traffic.drain(process)
      let code = stop == .closed ? try status.get() : 128 + SIGKILL
      return ToolRun(
        status: code, printed: traffic.printed, output: output, wasLate: stop == .late, wasCut: wasCut)
    }
  }

  private static func carry(
    _ command: SandboxedCommand, in sandbox: Sandbox, budget: Builder.Budget, outputLimit: Int,
    on executor: BlockingExecutor
  ) async throws -> ToolRun {
    try await Carrier(executor).run(command, in: sandbox, budget: budget, outputLimit: outputLimit)
  }
}
