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
  /// - Throws: `SandboxFault` if a part is missing.
  package init(folder: String) throws(SandboxFault) {
    self.folder = folder
    for part in Self.parts where !FileManager.default.fileExists(atPath: folder + "/" + part) {
      throw .incomplete("\(part) is missing in \(folder): run `swift build -c release`")
    }
    for module in Self.parts where module.hasSuffix(".swiftmodule") {
      guard try age(Self.archive) >= age(module) else {
        throw .incomplete("\(Self.archive) is older than \(module) in \(folder): run `swift build -c release`")
      }
    }
  }

  /// When a part was made, in nanoseconds.
  private func age(_ part: String) throws(SandboxFault) -> Int {
    var status = stat()
    guard stat(folder + "/" + part, &status) == 0 else { throw .system("stat \(folder)/\(part)", errno) }
    #if os(Linux)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The kit next to the running program.
  package static func besideExecutable() throws(SandboxFault) -> Kit {
    try Kit(folder: URL(fileURLWithPath: executable).deletingLastPathComponent().path)
  }

  /// The path of the running program, with links resolved.
  static var executable: String {
    #if os(Linux)
      do {
        return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      } catch {
        // Without /proc there is still the name by which it was called.
        return CommandLine.arguments[0]
      }
    #else
      return Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  /// The contracts, everything that is linked with a submission, and the setter of limits.
  package static let parts = [
    "Modules/LabKernel.swiftmodule", "Modules/LabHarness.swiftmodule", "Modules/Interleave.swiftmodule", archive,
    "sandbox-shim",
  ]
  private static let archive = "libLabRunner.a"
}
