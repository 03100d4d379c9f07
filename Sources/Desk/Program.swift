#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The program that runs, and the program that is built next to it.
package enum Program {
  /// The file name of the program that has all commands.
  private static let workshop = "labs-workshop"

  /// The file that runs, links resolved.
  static var path: String { realPath(own) ?? own }
  /// The folder of the programs, and of what else was built with them.
  package static var folder: String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }

  /// Replaces this program with the one that has all commands: the same arguments, the same process.
  ///
  /// - Returns: why that was not possible.
  package static func handOver() -> Refusal {
    let program = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex) + workshop
    execv(String(program), CommandLine.unsafeArgv)
    return Refusal("cannot run \(program): \(String(cString: strerror(errno))); run make", .configuration)
  }

  /// Ends with a refusal's message on standard error, and with its exit status.
  package static func end(with refusal: Refusal) -> Never {
    Terminal.complain(refusal.message)
    exit(refusal.status.rawValue)
  }

  /// The running program's path from the system, or else the name that it was called by.
  private static var own: String {
    #if canImport(Darwin)
      var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
      var size = UInt32(path.count)
      let status = path.withUnsafeMutableBytes {
        _NSGetExecutablePath($0.bindMemory(to: CChar.self).baseAddress, &size)
      }
      if status == 0 { return String(decoding: path.prefix { $0 != 0 }, as: UTF8.self) }
    #else
      if let path = realPath("/proc/self/exe") { return path }
    #endif
    return CommandLine.arguments.first ?? "."
  }
}

/// A path from the root, links resolved; nil if there is nothing.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
