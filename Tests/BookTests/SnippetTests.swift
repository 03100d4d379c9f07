import Foundation
import Testing

@Suite struct SnippetTests {
  private static let excerpt = "swift excerpt="

  /// All at once: most of the time goes into starting the compiler and loading the kernel's module.
  @Test func `the snippets compile, each as the body of a function`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "snippets-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let snippets = try BookFiles.chapters().flatMap { page in
      page.blocks.filter { $0.info == "swift" }.map { (page, $0) }
    }
    let files = try snippets.enumerated().map { number, snippet in
      let file = folder.appendingPathComponent("snippet\(number).swift")
      try Data(source(snippet.0, snippet.1, number).utf8).write(to: file)
      return file.path
    }
    let modules = Command.buildFolder.appendingPathComponent("Modules").path
    // Interleave uses CFiber, but shows nothing of it.
    let hidden = folder.appendingPathComponent("module.modulemap")
    try Data("module CFiber {}\n".utf8).write(to: hidden)
    let options = ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules, "-I", folder.path]
    let result = try Command.run(URL(fileURLWithPath: "/usr/bin/env"), options + files)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `an excerpt is, word for word, in the file that it names`() throws {
    let findings = try BookFiles.chapters().flatMap { page in
      try page.blocks.filter { $0.info.hasPrefix(SnippetTests.excerpt) }.compactMap { block in
        let path = String(block.info.dropFirst(SnippetTests.excerpt.count))
        guard BookFiles.exists(path) else { return page.finding(block.body.lowerBound - 1, "there is no \(path)") }
        let text = page.lines[block.body].joined(separator: "\n")
        let isThere = try Page(path).text.contains(text + "\n")
        return isThere ? nil : page.finding(block.body.lowerBound, "not in \(path), or not any more")
      }
    }
    #expect(findings == [])
  }

  @Test func `Swift is a snippet or an excerpt`() throws {
    let findings = try BookFiles.chapters().flatMap { page in
      page.blocks.filter { block in
        block.info.hasPrefix("swift") && block.info != "swift" && !block.info.hasPrefix(SnippetTests.excerpt)
      }.map { page.finding($0.body.lowerBound - 1, "neither 'swift' nor '\(SnippetTests.excerpt)…': '\($0.info)'") }
    }
    #expect(findings == [])
  }

  /// A file whose errors are reported with the lines of the chapter.
  private func source(_ page: Page, _ block: CodeBlock, _ number: Int) -> String {
    let head = [
      "import Interleave", "import LabKernel", "func snippet\(number)() {",
      "#sourceLocation(file: \"\(page.path)\", line: \(block.body.lowerBound + 1))",
    ]
    return (head + page.lines[block.body] + ["}", ""]).joined(separator: "\n")
  }
}
