import Foundation

/// The Swift toolchain that compiles submissions.
package struct Toolchain: Sendable, Equatable {
  /// The folder that holds `bin/swiftc` and `lib/swift`.
  package let root: String

  /// The compiler driver.
  package var compiler: String { root + "/bin/swiftc" }
  /// The libraries that a compiled submission is linked with at run time.
  var libraries: String { root + "/lib/swift/linux" }

  /// The toolchain in `$LABS_TOOLCHAIN`, or else that of the first `swiftc` in `$PATH`.
  ///
  /// - Throws: `SandboxFault` if there is no toolchain.
  package static func find(environment: [String: String] = ProcessInfo.processInfo.environment) throws(SandboxFault)
    -> Self
  {
    let given = environment["LABS_TOOLCHAIN"].map { [$0 + "/bin/swiftc", $0 + "/usr/bin/swiftc"] } ?? []
    let searched = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/swiftc" }
    for candidate in given + searched {
      guard let path = realpath(candidate, nil) else { continue }
      defer { free(path) }
      let folder = URL(fileURLWithPath: String(cString: path)).deletingLastPathComponent()
      let toolchain = Toolchain(root: folder.deletingLastPathComponent().path)
      if FileManager.default.fileExists(atPath: toolchain.root + "/lib/swift") { return toolchain }
    }
    throw .incomplete(
      "no swiftc was found: get Swift 6.3 from https://www.swift.org/install and put its usr/bin in PATH, or set "
        + "LABS_TOOLCHAIN to its folder")
  }

  /// What distinguishes this toolchain without starting it: where it is, and the size and date of its compiler.
  ///
  /// Asking it for its version would take longer than everything else that a cached result needs.
  package var identity: String {
    var status = stat()
    guard stat(root + "/bin/swift-frontend", &status) == 0 else { return root }
    #if os(Linux)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return "\(root) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
  }
}
