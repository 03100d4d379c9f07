import Foundation

extension Workshop {
  /// Tries out the sandbox with a program that does nothing.
  ///
  /// - Throws: `SandboxFault` with a remedy if the sandbox does not work on this machine.
  package func probe() async throws {
    guard sandbox.tier == .bubblewrap else { return }
    guard FileManager.default.fileExists(atPath: Sandbox.bubblewrap) else {
      throw SandboxFault.unavailable(
        "submissions are only run in a sandbox, and bubblewrap is missing: apt install bubblewrap")
    }
    var budget = Builder.Budget()
    budget.cpuSeconds = 5
    let command = SandboxedCommand(
      kind: .tool, limits: ResourceLimits(compilerSeconds: 5, memoryMiB: 256),
      mounts: Mount.readOnly(["/usr/bin"]), arguments: ["/usr/bin/true"])
    let run = try await ToolRun(command, in: sandbox, budget: budget)
    guard run.status != 0 else { return }
    let said = Printable.line(String(decoding: run.printed, as: UTF8.self))
    throw SandboxFault.unavailable("the sandbox does not work here (\(said)): \(Self.remedy)")
  }

  /// The most common reason why bubblewrap does not work, and what helps.
  private static var remedy: String {
    let restriction = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
    if FileManager.default.contents(atPath: restriction)?.first == UInt8(ascii: "1") {
      return
        "AppArmor forbids user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or a profile for bwrap"
    }
    let switchedOff = "/proc/sys/kernel/unprivileged_userns_clone"
    if FileManager.default.contents(atPath: switchedOff)?.first == UInt8(ascii: "0") {
      return "user namespaces are off: sysctl kernel.unprivileged_userns_clone=1"
    }
    return "user namespaces must be allowed; in a container, also by its system call filter"
  }
}
