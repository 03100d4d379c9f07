import Grader
import LabKernel

/// Runs scripts on both sides, and compares.
public struct Conformer: Sendable {
  /// How many scripts one process of the host runs.
  private static let batchSize = 500

  private let components: Components
  private let host: HostRun
  /// Whether scripts may choose any priority on this host, which takes limits that few users have.
  public let isPrivileged: Bool

  /// Prepares the host.
  ///
  /// - Parameter components: what is in the slots of the model.
  /// - Throws: `SandboxFault` if there is no sandbox here, `StorageError`.
  public init(components: Components) async throws {
    self.components = components
    host = try await HostRun()
    let probe = try ConformanceScript("probe", Self.probe)
    let runs = try await Self.run([probe], on: host)
    isPrivileged = runs.first.map { $0.calls.allSatisfy { $0.result == 0 } } ?? false
  }

  /// Asks for the highest of all priorities.
  private static let probe = "policy fifo 99"

  /// Runs scripts, and says of each how it came out.
  ///
  /// - Parameter progress: called with the number of scripts that are done.
  /// - Throws: `SandboxFault`, `StorageError`, `CancellationError`.
  public func verdicts(
    of scripts: [ConformanceScript], progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> [Verdict] {
    var verdicts: [Verdict] = []
    while verdicts.count < scripts.count {
      try _Concurrency.Task<Never, Never>.checkCancellation()
      let batch = Array(scripts.dropFirst(verdicts.count).prefix(Self.batchSize))
      let expectations = batch.map { Expectation($0.program, components) }
      // What waits forever in the model would do so on the host.
      let fit = batch.indices.filter { expectations[$0].flaw == nil }
      let runs = Dictionary(
        uniqueKeysWithValues: zip(fit, try await Self.run(fit.map { batch[$0] }, on: host)))
      for index in batch.indices { verdicts.append(verdict(batch[index], expectations[index], runs[index])) }
      progress(verdicts.count)
    }
    return verdicts
  }

  private static func run(_ scripts: [ConformanceScript], on host: HostRun) async throws -> [ScriptRun] {
    var report = HostReport(try await host.run(Batch(scripts.map(\.program)).bytes))
    var runs: [ScriptRun] = []
    while let run = report.nextRun() { runs.append(run) }
    guard runs.count == scripts.count else {
      throw SandboxFault.setup("conform-host has run \(runs.count) of \(scripts.count) scripts")
    }
    return runs
  }

  private func verdict(_ script: ConformanceScript, _ expectation: Expectation, _ run: ScriptRun?) -> Verdict {
    guard let run else { return .unfit(expectation.flaw ?? "") }
    if script.isOrdinary, isPrivileged { return .notRun("this user may choose real-time priorities") }
    let host = Behavior(run)
    let difference = Difference(expectation.behavior, host, comparesConsole: expectation.ordersConsole)
    guard let difference else { return script.difference == nil ? .agreed : .noLongerDiffers }
    if let reason = script.difference { return .simplified(difference, reason: reason) }
    if !isPrivileged, !script.isOrdinary, let call = Self.forbidden(in: host) {
      return .notRun("the host does not allow \(call)")
    }
    return .differs(difference)
  }

  /// The first call that the host has refused to a process without privileges.
  private static func forbidden(in host: Behavior) -> String? {
    let refusals = [-Errno.EPERM.rawValue, -13].map { Behavior.Value.number($0) }
    let shapes = Set(CallShape.all.filter(\.isPrivileged).map(\.name))
    return host.tasks.values.joined().first { refusals.contains($0.result) && shapes.contains($0.name) }?.name
  }
}

/// What the model says about a program.
struct Expectation: Sendable {
  /// What it does.
  let behavior: Behavior
  /// Whether everything is printed in the same order on all machines.
  let ordersConsole: Bool
  /// Why it cannot be compared; nil if it can.
  let flaw: String?

  /// Runs a program on all machines of the model.
  init(_ program: Program, _ components: Components) {
    let behaviors = ScriptRun.machines.map { Behavior(ScriptRun(program, on: $0, with: components)) }
    let first = behaviors[0]
    behavior = first
    ordersConsole = behaviors.allSatisfy { $0.console == first.console }
    let other = behaviors.lazy.compactMap { Difference(first, $0, comparesConsole: false) }.first
    flaw =
      switch first.end {
      case .endless: "it never ends"
      case .hung: "tasks wait forever"
      case .ended:
        other.map { "it depends on the order of tasks: \($0.task) \($0.model), or \($0.host)" }
      }
  }
}
