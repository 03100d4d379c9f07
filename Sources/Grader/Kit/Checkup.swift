import Foundation

/// What this machine offers the grader: each part is tried out, and says what to do if it is missing.
package struct Checkup: Sendable {
  /// One line of the report.
  package struct Item: Sendable, Equatable, Encodable {
    /// What was examined.
    package var name: String
    /// Whether it is as it should be.
    package var isGood: Bool
    /// What was found, or what to do.
    package var finding: String
  }

  /// What was examined, in order.
  package private(set) var items: [Item] = []
  /// Whether submissions can be graded here.
  package private(set) var canGrade = true

  /// Examines everything.
  package init() async {
    let toolchain = await examineToolchain()
    let kit = examineKit()
    await examineSandbox(toolchain, kit)
    examineUser()
    examineArchives()
    examineMemory()
  }

  private mutating func note(_ name: String, _ finding: String) {
    items.append(Item(name: name, isGood: true, finding: Printable.line(finding)))
  }

  private mutating func fault(_ name: String, _ finding: String, isFatal: Bool) {
    items.append(Item(name: name, isGood: false, finding: Printable.line(finding)))
    if isFatal { canGrade = false }
  }

  private mutating func examineToolchain() async -> Toolchain? {
    do {
      let toolchain = try Toolchain.find()
      note("toolchain", "\(try await toolchain.version()), in \(toolchain.root)")
      return toolchain
    } catch {
      fault("toolchain", "\(error)", isFatal: true)
      return nil
    }
  }

  private mutating func examineKit() -> Kit? {
    do throws(SandboxFault) {
      let kit = try Kit.besideExecutable()
      note("kit", "LabKernel, LabRunner and sandbox-shim in \(kit.folder)")
      return kit
    } catch {
      fault("kit", error.description, isFatal: true)
      return nil
    }
  }

  private mutating func examineSandbox(_ toolchain: Toolchain?, _ kit: Kit?) async {
    guard let toolchain, let kit else {
      return fault("sandbox", "not tried: something above is missing", isFatal: true)
    }
    do {
      let workshop = try Workshop(kit: kit, toolchain: toolchain, tier: .bubblewrap)
      try await workshop.probe()
      note("sandbox", "bubblewrap: own namespaces, no network, limits, a filter of system calls")
      examineCache(.ofUser(workshop))
    } catch {
      fault("sandbox", "\(error)", isFatal: true)
    }
  }

  private mutating func examineCache(_ cache: ModuleCache) {
    switch cache.state {
    case .filled: note("module cache", "whole, in \(cache.place)")
    case .empty: note("module cache", "to be made by the next run, in \(cache.place)")
    case .damaged: fault("module cache", "damaged; the next run makes it again, in \(cache.place)", isFatal: false)
    }
  }

  private mutating func examineUser() {
    note("user", Sandbox.isPrivileged ? "root; submissions run as user \(Sandbox.unprivilegedUser)" : "an ordinary one")
  }

  private mutating func examineArchives() {
    if FileManager.default.fileExists(atPath: ArchiveReader.unpacker) {
      note("archives", ArchiveReader.unpacker)
    } else {
      fault(
        "archives", "bsdtar is missing, so .zip and .tar cannot be opened: apt install libarchive-tools", isFatal: false
      )
    }
  }

  private mutating func examineMemory() {
    let looks = Int(1 / (Watch.interval / .seconds(1)))
    let watched =
      ProcessTree(root: getpid()) == nil
      ? "resident memory is not watched: there is no /proc" : "what is resident is looked at \(looks) times a second"
    note("memory limits", "address space and data of each process; \(watched); no control groups")
  }
}

extension Toolchain {
  /// The version line that the compiler prints.
  func version() async throws -> String {
    let folder = root + "/bin/swiftc"
    let said = try await Blocking.output(of: [folder, "--version"])
    return said.split(separator: "\n").first { $0.contains("Swift version") }.map(String.init) ?? "unknown"
  }
}
