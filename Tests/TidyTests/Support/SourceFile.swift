import Foundation

/// One Swift file of the repository.
struct SourceFile: Sendable {
  /// Its path from the root of the repository.
  let path: String
  /// Its lines as they are in the file.
  let lines: [String]
  /// Its lines with only code left.
  let code: [String]

  /// The file's name without `.swift`.
  var name: String { String(path.split(separator: "/").last?.dropLast(6) ?? "") }
  /// The name of the folder it is in.
  var folder: String { String(path.split(separator: "/").dropLast().last ?? "") }

  /// What is wrong in a line, as `file:line: what`.
  func finding(_ line: Int, _ what: String) -> String { "\(path):\(line + 1): \(what)" }

  /// The documentation comment that ends above `line`, attributes in between left out.
  func documentation(above line: Int) -> [String] {
    var block: [String] = []
    for text in lines[..<line].reversed() {
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("@") && block.isEmpty { continue }
      guard trimmed.hasPrefix("///") else { break }
      block.append(trimmed)
    }
    return block.reversed()
  }
}

/// The Swift files of the repository.
enum Tree {
  /// The root of the repository.
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All files under some folders, in the order of their paths; a handout has no `solutions`.
  static func files(under folders: String...) throws -> [SourceFile] {
    let areKnown = folders.allSatisfy { folder in Self.folders.contains { folder == $0 || folder.hasPrefix("\($0)/") } }
    precondition(areKnown, "a folder that is not read: \(folders)")
    let all = try all.get()
    return all.filter { file in folders.contains { file.path.hasPrefix("\($0)/") } }
  }

  /// The folders with Swift in them.
  private static let folders = ["Benchmarks", "Sources", "Tests", "labs", "solutions"]

  /// The files of all folders, read once, when the first test asks.
  private static let all = Result {
    try folders.flatMap { try paths(under: $0) }.sorted().map { path in
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
      return SourceFile(path: path, lines: lines, code: CodeMask.lines(text))
    }
  }

  private static func paths(under folder: String) throws -> [String] {
    let url = root.appendingPathComponent(folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: url.path)
      .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
  }
}
