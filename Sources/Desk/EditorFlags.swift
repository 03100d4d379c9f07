/// How an editor compiles what the student writes, as `compile_flags.txt` in the work folder says.
///
/// `sourcekit-lsp` looks for that file from the file that is open upwards, before it asks the package of the book, which
/// does not know the work folder. One argument a line: where the modules are that a submission may import, those that the
/// grader hands to the compiler, too. Paths in it count from the file's own folder: a book that has its work folder and
/// its build in it can be moved as a whole.
package struct EditorFlags: Equatable {
  /// The file that they belong into.
  package let path: String
  /// What it says.
  package let text: String

  /// The flags for the work folder of a book.
  ///
  /// - Parameter build: the folder of the programs; the modules lie beside them.
  package init(_ root: BookRoot, build: String) {
    let work = realPath(root.work) ?? root.work
    let folders = [build + "/Modules", root.path + "/Sources/CFiber/include"]
    path = work + "/compile_flags.txt"
    text =
      (Self.language + folders.flatMap { ["-I", Self.path(to: $0, from: work, within: root.path)] })
      .joined(separator: "\n") + "\n"
  }

  /// Whether a file's text was made here, for this book or for one in another place, and may be replaced.
  package static func isOurs(_ text: String) -> Bool {
    let lines = text.split(separator: "\n").map(String.init)
    return lines.count == language.count + 4 && Array(lines.prefix(language.count)) == language
      && lines[language.count + 1].hasSuffix("/Modules") && lines[language.count + 3].hasSuffix("/CFiber/include")
  }

  private static let language = ["-swift-version", "6"]

  /// From one folder to another the way over the book's own folder where both are in it, else the whole path.
  private static func path(to target: String, from folder: String, within root: String) -> String {
    let root = root + "/"
    guard folder.hasPrefix(root), target.hasPrefix(root) else { return target }
    let depth = folder.dropFirst(root.count).split(separator: "/").count
    return String(repeating: "../", count: depth) + target.dropFirst(root.count)
  }
}
