/// How an editor compiles what the student writes, as `compile_flags.txt` in the work folder says.
///
/// `sourcekit-lsp` looks for that file in the folder of the open file and then upwards, before it asks the package of
/// the book, which does not know the work folder. It has one argument per line: where the modules are that a submission
/// may import, the same that the grader passes to the compiler. Paths in it are relative to the file's own folder: a
/// book that contains its work folder and its build can be moved as a whole.
package struct EditorFlags: Equatable {
  /// The file that they belong in.
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

  /// The path from one folder to another, by way of the book's own folder if both are in it, else the whole path.
  private static func path(to target: String, from folder: String, within root: String) -> String {
    let root = root + "/"
    guard folder.hasPrefix(root), target.hasPrefix(root) else { return target }
    let depth = folder.dropFirst(root.count).split(separator: "/").count
    return String(repeating: "../", count: depth) + target.dropFirst(root.count)
  }
}
