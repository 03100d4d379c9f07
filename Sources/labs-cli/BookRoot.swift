#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The folder of the book: the one that holds `chapters/`.
struct BookRoot: Equatable {
  /// Absolute, without links and without a slash at the end.
  let path: String

  /// Where the chapters are: files named `NN-title.md`.
  var chapters: String { path + "/chapters" }

  /// Where the labs are: a folder for each, named after its slug.
  var labs: String { path + "/labs" }

  /// The book that a command is about.
  ///
  /// In this order: the folder that was named, `$LABS_ROOT`, the current directory or the nearest folder
  /// above it, the nearest folder above the program itself. A folder that was named must be one: it is not
  /// silently replaced by another.
  ///
  /// - Parameter explicit: the value of `--book`, or nil.
  /// - Throws: `Refusal` with `ExitStatus.missingInput` if there is no such folder.
  static func find(_ explicit: String?) throws -> BookRoot {
    if let explicit { return try named(explicit, by: "--book") }
    if let value = environment("LABS_ROOT") { return try named(value, by: "LABS_ROOT") }
    if let root = nearest(above: ".") ?? nearest(above: executable) { return root }
    throw Refusal(
      "no folder with chapters/ here or above: name the book with --book DIR or LABS_ROOT", .missingInput)
  }

  private static func named(_ folder: String, by source: String) throws -> BookRoot {
    guard let path = realPath(folder), isFolder(path + "/chapters") else {
      throw Refusal("\(source): there is no folder \(folder)/chapters", .missingInput)
    }
    return BookRoot(path: path)
  }

  private static func nearest(above start: String) -> BookRoot? {
    guard var path = realPath(start) else { return nil }
    while true {
      if isFolder(path + "/chapters") { return BookRoot(path: path) }
      guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  /// Linux names the running program itself; elsewhere it is what it was called as.
  private static var executable: String {
    realPath("/proc/self/exe") ?? CommandLine.arguments.first ?? "."
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// The value of an environment variable that is set and not empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
