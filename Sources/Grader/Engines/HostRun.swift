import Foundation

/// Runs scripts of ours on the kernel of this machine, in the sandbox.
///
/// The sandbox is that of a submission except for two things: the filter allows the calls that scripts make and no others,
/// and the interpreter may create process-id namespaces.
package struct HostRun: Sendable {
  private let workshop: Workshop

  /// The interpreter, as the build leaves it beside `labs-cli`.
  private static let interpreter = "conform-host"
  /// How many descriptors a task of a script may have.
  package static let maximumDescriptors = 256
  /// The processor time of a batch, in seconds.
  private static let seconds = 600
  /// The most that is read of what a batch leaves behind.
  private static let outputLimit = 1 << 30

  /// Prepares runs.
  ///
  /// - Throws: `SandboxFault` if there is no sandbox or no interpreter, `StorageError`.
  package init() async throws {
    let kit = try Kit.besideExecutable()
    workshop = try Workshop(kit: kit, toolchain: .find(), tier: .bubblewrap)
    try await workshop.probe()
    let source = kit.folder + "/" + Self.interpreter
    guard FileManager.default.fileExists(atPath: source) else {
      throw SandboxFault.incomplete("\(source) is missing: run `swift build -c release --product conform-host`")
    }
    try StorageError.wrapping("\(source) cannot be copied to \(workshop.folder)") {
      try FileManager.default.copyItem(atPath: source, toPath: workshop.folder + "/kit/" + Self.interpreter)
    }
  }

  /// Runs a batch of scripts, and returns what the interpreter says about them.
  ///
  /// - Throws: `SandboxFault`, `StorageError`, `CancellationError`.
  package func run(_ batch: [UInt8]) async throws -> [UInt8] {
    let file = workshop.folder + "/scripts-" + UUID().uuidString
    try StorageError.wrapping("\(file) cannot be written") { try Data(batch).write(to: URL(fileURLWithPath: file)) }
    chmod(file, 0o644)
    defer { Workshop.remove(file) }
    var budget = Builder.Budget()
    budget.cpuSeconds = Self.seconds
    let run = try await ToolRun(
      command(file), in: workshop.sandbox, budget: budget,
      outputLimit: Self.outputLimit)
    guard run.status == 0, !run.wasCut else {
      throw SandboxFault.setup("\(Self.interpreter): " + Printable.line(String(decoding: run.printed, as: UTF8.self)))
    }
    return run.output
  }

  private func command(_ scripts: String) -> SandboxedCommand {
    SandboxedCommand(
      kind: .conformance, limits: ResourceLimits(scriptSeconds: Self.seconds, files: Self.maximumDescriptors),
      mounts: [
        Mount(host: workshop.folder + "/kit/" + Self.interpreter, inside: "/box/conform-host"),
        Mount(host: scripts, inside: "/box/scripts"),
      ], arguments: ["/box/conform-host"])
  }
}
