#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The folder of the book: the one that holds `chapters/`.
package struct BookRoot: Equatable {
  /// Absolute, without links and without a slash at the end.
  package let path: String

  /// Where the chapters are: files named `NN-title.md`.
  package var chapters: String { path + "/chapters" }

  /// Where the labs are: one folder per area, and in it one folder per lab, named after its slug.
  package var labs: String { path + "/labs" }

  /// Whether the solutions are present; a students' copy does not have them.
  package var hasSolutions: Bool { BookRoot.isFolder(path + "/solutions/reference") }

  /// Where the student writes, one folder per lab: `work` in the book, or `$LABS_WORK`.
  package var work: String { environment("LABS_WORK") ?? path + "/work" }

  /// The book that a command is about.
  ///
  /// In this order: the folder that was named, `$LABS_ROOT`, the current directory or the nearest folder
  /// above it, the nearest folder above the program itself. A folder that was named must be a book: it is not
  /// silently replaced with another.
  ///
  /// - Parameter explicit: the value of `--book`, or nil.
  /// - Throws: `Refusal` with `ExitStatus.missingInput` if there is no such folder.
  package static func find(_ explicit: String?) throws(Refusal) -> BookRoot {
    if let explicit { return try named(explicit, by: "--book") }
    if let value = environment("LABS_ROOT") { return try named(value, by: "LABS_ROOT") }
    if let root = nearest(above: ".") ?? nearest(above: Program.path) { return root }
    throw Refusal(
      "there is no folder with chapters/ here or above: name the book with --book DIR or LABS_ROOT", .missingInput)
  }

  private static func named(_ folder: String, by source: String) throws(Refusal) -> BookRoot {
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

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
