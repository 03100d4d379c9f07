import Foundation

/// The prebuilt parts with which a submission is compiled and run, as the build left them beside `labs-cli`.
///
/// Only these are ever shown to a sandbox. The folder that they come from also holds the module of the hidden
/// suites, so it is never mounted: the parts are copied out of it.
package struct Kit: Sendable {
  /// The folder of the build.
  package let folder: String

  /// The kit in `folder`.
  ///
  /// - Throws: `SandboxFault` where a part is missing.
  package init(folder: String) throws(SandboxFault) {
    self.folder = folder
    for part in Self.parts where !FileManager.default.fileExists(atPath: folder + "/" + part) {
      throw .incomplete("\(part) is missing in \(folder): run `swift build -c release`")
    }
    if let contracts = age(Self.parts[0]), let library = age(Self.parts[1]), library < contracts {
      throw .incomplete("libLabRunner.a is older than LabKernel.swiftmodule in \(folder): run `swift build -c release`")
    }
  }

  /// When a part was made.
  private func age(_ part: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: folder + "/" + part))?[.modificationDate] as? Date
  }

  /// The kit beside the program that runs.
  package static func besideExecutable() throws(SandboxFault) -> Kit {
    try Kit(folder: URL(fileURLWithPath: executable).deletingLastPathComponent().path)
  }

  /// The program that runs, with links resolved.
  static var executable: String {
    #if os(Linux)
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  /// The contracts, everything that is linked with a submission, and the setter of limits.
  static let parts = ["Modules/LabKernel.swiftmodule", "libLabRunner.a", "sandbox-shim"]
}

/// A folder for one run of the grader, with a copy of the kit that an unprivileged user can read; removed with the
/// last reference to it, hence a class.
package final class Workshop: Sendable {
  /// The toolchain in use.
  package let toolchain: Toolchain
  /// The sandbox in use.
  package let sandbox: Sandbox
  let kit: Kit
  let folder: String

  /// Copies `kit` into a fresh folder.
  package init(kit: Kit, toolchain: Toolchain, tier: Sandbox.Tier) throws {
    self.kit = kit
    self.toolchain = toolchain
    var template = Array((Self.temporaryFolder + "/labs-grade-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw SandboxFault.system("mkdtemp", errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    sandbox = Sandbox(tier: tier, shim: folder + "/kit/sandbox-shim", libraries: toolchain.libraries)
    try Self.makeFolder(folder + "/kit")
    for part in Kit.parts {
      let name = URL(fileURLWithPath: part).lastPathComponent
      try FileManager.default.copyItem(atPath: kit.folder + "/" + part, toPath: folder + "/kit/" + name)
    }
    chmod(folder, 0o711)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      FileHandle.standardError.write(Data("labs-cli: \(folder) could not be removed: \(error)\n".utf8))
    }
  }

  /// Takes away what every sandbox begins with, for a test of what happens then.
  package func sabotage() throws { try FileManager.default.removeItem(atPath: sandbox.shim) }

  /// Root's own temporary folder may be closed to others; an ordinary user's is the user's affair.
  private static var temporaryFolder: String {
    Sandbox.isPrivileged ? "/tmp" : ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
  }

  /// A folder that everyone can read.
  static func makeFolder(_ path: String) throws(SandboxFault) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .system("mkdir \(path)", errno) }
    chmod(path, 0o755)
  }

  /// A folder that the sandbox can write to.
  static func makeWritableFolder(_ path: String) throws(SandboxFault) {
    try makeFolder(path)
    guard Sandbox.isPrivileged else { return }
    guard chown(path, Sandbox.unprivilegedUser, Sandbox.unprivilegedUser) == 0 else { throw .system("chown", errno) }
  }
}
