import Foundation
import Reader

/// The book as it is on the disk.
enum BookFiles {
  /// The repository.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The chapters and the sheets, as the reader finds them.
  static func book() throws -> Book {
    try Book(
      chapters: root.appendingPathComponent("chapters").path, labs: root.appendingPathComponent("labs").path)
  }

  /// The text of each chapter.
  static func chapters() throws -> [Page] { try book().chapters.map { try Page("chapters/\($0.name).md") } }

  /// The chapters, and the sheets of the labs.
  static func pages() throws -> [Page] { try chapters() + labs().map { try Page(path(of: $0.sheet)) } }

  /// The folders of the labs.
  static func labs() throws -> [LabFolder] { try book().labs() }

  /// A path from the root of the repository.
  static func path(of file: String) -> String { String(file.dropFirst(root.path.count + 1)) }

  /// The Swift files below a folder, in the order of their names.
  static func sources(under folder: String) throws -> [Page] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(".swift") }.sorted().map { try Page("\(folder)/\($0)") }
  }

  /// Whether there is such a file or folder, named from the root.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }
}
