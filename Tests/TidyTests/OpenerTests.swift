import Testing

/// Every folder of `Sources` opens with one file that names all others, in the order in which to read them.
@Suite struct OpenerTests {
  private let files: [SourceFile]
  private let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "actor"]

  init() throws { files = try Tree.files(under: "Sources") }

  @Test func `every file of a folder is named by its opener`() {
    let findings = files.flatMap { file -> [String] in
      guard let opener = opener(above: path(file)) else {
        // A folder with one file needs no order.
        return files.filter { path($0) == path(file) }.count > 1 ? ["\(path(file)): no file opens the folder"] : []
      }
      let isNamed = opener.path == file.path || names(in: opener).contains(file.name)
      return isNamed ? [] : ["\(opener.path) does not name \(file.name)"]
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `an opener names nothing that does not exist`() {
    let known = Set(files.map(\.name)).union(files.flatMap(declared))
    let findings = files.filter(isOpener).flatMap { opener in
      // What is all capitals may be a constant of the system, or a word.
      names(in: opener).subtracting(known).filter { $0.contains(where: \.isLowercase) }.sorted().map {
        "\(opener.path) names \($0), which does not exist"
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `a folder has one opener`() {
    let openers = Dictionary(grouping: files.filter(isOpener), by: path).values.map { $0.map(\.path) }
    #expect(openers.filter { $0.count > 1 } == [])
  }

  private func path(_ file: SourceFile) -> String {
    file.path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The opener of a folder, or of the nearest folder above it that has one.
  private func opener(above folder: String) -> SourceFile? {
    var folder = folder
    while folder != "Sources" {
      if let opener = files.first(where: { path($0) == folder && isOpener($0) }) { return opener }
      folder = folder.split(separator: "/").dropLast().joined(separator: "/")
    }
    return nil
  }

  /// Whether a file begins with a comment that documents no declaration and says what to read.
  private func isOpener(_ file: SourceFile) -> Bool {
    head(of: file).contains { line in
      line.contains("read on:") || line.split { !$0.isLetter }.contains("Read")
    }
  }

  private func head(of file: SourceFile) -> ArraySlice<String> {
    file.lines.prefix { $0.hasPrefix("//") && !$0.hasPrefix("///") }
  }

  /// The names in backticks that look like files or types: `Kernel+Step.swift`, `Pager`.
  private func names(in opener: SourceFile) -> Set<String> {
    let words = head(of: opener).joined(separator: "\n").split(separator: "`", omittingEmptySubsequences: false)
    return Set(
      words.enumerated().filter { $0.offset % 2 == 1 && !$0.element.hasSuffix("/") }.compactMap { _, word in
        var name = String(word.split(separator: "/").last ?? "")
        if name.hasSuffix(".swift") { name.removeLast(".swift".count) }
        let isName = name.first?.isUppercase == true && name.allSatisfy { $0.isLetter || $0 == "+" || $0.isNumber }
        return isName ? name : nil
      })
  }

  /// The names of the types that a file declares.
  private func declared(in file: SourceFile) -> [String] {
    file.code.flatMap { line -> [String] in
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      return zip(words, words.dropFirst()).filter { kinds.contains($0.0) }.map(\.1)
    }
  }
}
