import Foundation

/// A text with the path that names it in messages.
struct Page: Sendable {
  /// From the root of the repository.
  let path: String
  /// All of it.
  let text: String
  /// Its lines.
  let lines: [String]
  /// Its code blocks, in order.
  let blocks: [CodeBlock]

  /// Reads a file named from the root of the repository.
  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: BookFiles.root.appendingPathComponent(path), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    blocks = CodeBlock.all(in: lines)
  }

  /// What a failed test says about a line, counted from 0.
  func finding(_ index: Int, _ what: String) -> String { "\(path):\(index + 1): \(what)" }

  /// The first group of each match, with the index of its line; `inCode` says whether to look into blocks of code.
  func matches(of pattern: String, inCode: Bool = true) throws -> [(index: Int, text: String)] {
    let pattern = try Regex(pattern)
    let code = inCode ? [] : IndexSet(blocks.flatMap { Array($0.body) })
    return lines.indices.filter { !code.contains($0) }.flatMap { index in
      lines[index].matches(of: pattern).compactMap { match in match.output[1].substring.map { (index, String($0)) } }
    }
  }
}

/// A fenced block of code.
struct CodeBlock: Sendable {
  /// What comes after the fence.
  let info: String
  /// The indices of the lines between the fences.
  let body: Range<Int>

  /// The blocks of a text.
  static func all(in lines: [String]) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: Int?
    for index in lines.indices where lines[index].hasPrefix("```") {
      guard let start = open else {
        open = index
        continue
      }
      blocks.append(CodeBlock(info: String(lines[start].dropFirst(3)), body: start + 1..<index))
      open = nil
    }
    return blocks
  }
}
