import Judging
import LabHarness
import LabKernel

/// Runs a workload on a kernel with students' components in its slots.
package struct KernelRun: Sendable {
  /// One component, for its slot.
  package struct Part: Sendable {
    /// The slug of its lab.
    package var lab: String
    /// The slot that it fills.
    package var slot: Slot
    /// The type.
    package var component: String
    /// The files that it is in.
    package var files: [SourceFile]
    /// What its lab allows it to use.
    package var limits: Limits

    /// The component of a lab; nil if the kernel has no slot for it.
    package init?(_ manifest: LabManifest, files: [SourceFile]) {
      guard let slot = manifest.slot.flatMap(Slot.init) else { return nil }
      (lab, component, limits) = (manifest.slug, manifest.component, manifest.limits)
      self.slot = slot
      self.files = files
    }
  }

  /// The result of a run.
  package enum Answer: Sendable {
    /// It came to its end; with what the components printed.
    case finished(RunRecord, printed: String)
    /// A component ended it: which one, if that is known, and what they had printed.
    case died(Death, lab: String?, printed: String)
    /// The components do not compile: one sentence, which one, if that is known, and everything that the compiler said.
    case refused(Status, String, lab: String?, diagnostics: String)
  }

  private let run: ComponentRun

  /// Prepares runs in the sandbox.
  package init(_ run: ComponentRun) { self.run = run }

  /// A kernel needs more memory than a component alone, and a trace is larger than any answer of a lab.
  private static let (memoryMiB, answerKiB) = (1024, 64 << 10)

  /// Runs a workload to its end.
  ///
  /// - Parameters:
  ///   - parts: students' components, for different slots.
  ///   - references: solutions for other slots, one file each, if this book has them.
  /// - Throws: `SandboxFault`, `StorageError`, `CancellationError`.
  package func run(_ workload: MachineLoad, with parts: [Part], beside references: [Part]) async throws -> Answer {
    let source = KernelSource(parts, beside: references)
    let entry = EntryPoint(lab: "SimLab", component: KernelSource.component)
    switch try await run.build(source.files, entry: entry) {
    case .refused(let status, let message, let diagnostics):
      return .refused(status, message, lab: Self.named(in: message, parts), diagnostics: diagnostics)
    case .built(let program):
      defer { program.remove() }
      return try await answer(workload, parts, references.map(\.slot)) { input in
        let (outcome, printed) = try await run.ask(program, SimLab.self, input, within: Self.limits(of: parts))
        return (Self.sound(outcome, workload), printed)
      }
    }
  }

  private func answer(
    _ workload: MachineLoad, _ parts: [Part], _ others: [Slot],
    _ ask: (SimLab.Input) async throws -> (Judging.Outcome<RunRecord>, String)
  ) async throws -> Answer {
    let (outcome, printed) = try await ask(SimLab.Input(workload, slots: parts.map(\.slot) + others))
    switch outcome {
    case .finished(let record): return .finished(record, printed: printed)
    case .died(let death):
      if let lab = Self.named(in: death.message, parts) { return .died(death, lab: lab, printed: printed) }
      // The place is not known, so the program is tried with one component at a time.
      for part in parts {
        guard case .died(let alone) = try await ask(SimLab.Input(workload, slots: [part.slot] + others)).0 else {
          continue
        }
        if alone.cause == death.cause { return .died(death, lab: part.lab, printed: printed) }
      }
      return .died(death, lab: nil, printed: printed)
    }
  }

  /// The lab whose file a message names, or the only one.
  private static func named(in message: String, _ parts: [Part]) -> String? {
    if parts.count == 1 { return parts[0].lab }
    let names = KernelSource.names(of: parts)
    let index = names.firstIndex { $0.contains { message.hasPrefix($0 + ":") } }
    return index.map { parts[$0].lab }
  }

  /// The outcome, or a death if its record cannot be drawn.
  private static func sound(
    _ outcome: Judging.Outcome<RunRecord>, _ workload: MachineLoad
  ) -> Judging.Outcome<RunRecord> {
    guard case .finished(let record) = outcome, !record.isSound(for: workload) else { return outcome }
    return .died(Death(.malformed, message: "what it sent is no run of this scenario"))
  }

  private static func limits(of parts: [Part]) -> Limits {
    Limits(
      cpuSeconds: parts.map(\.limits.cpuSeconds).max() ?? Limits.usual.cpuSeconds,
      memoryMiB: max(memoryMiB, parts.map(\.limits.memoryMiB).max() ?? 0),
      outputKiB: parts.map(\.limits.outputKiB).max() ?? Limits.usual.outputKiB, answerKiB: answerKiB)
  }
}
