import Testing

@Suite struct DocumentationTests {
  /// Types of ours that model nothing in Linux or in a paper: parts of a contract, and requests.
  private let ownTypes: Set<String> = [
    "PipeAnswer", "PipeEnd", "PipeTransfer", "QueueEnd", "Spawn", "TaskQueue",
  ]

  /// Files that are named after an idea that several small types or functions share.
  private let ideas: Set<String> = [
    "Sources/LabKernel/Machine/Time.swift", "Sources/Judging/Shrinking.swift", "Sources/Grader/Sandbox/Frames.swift",
    "Sources/Grader/Sandbox/Pipe.swift", "Sources/Interleave/Processor.swift",
    "Sources/Interleave/EndOfProcess.swift",
  ]

  @Test func `everything that other files can name is documented`() throws {
    let findings = try Tree.files(under: "Sources", "solutions", "labs").flatMap { file in
      file.code.indices.filter { file.code[$0].contains(declaration) && file.documentation(above: $0).isEmpty }.map {
        file.finding($0, "no '///' above it; instead: say in one sentence what it is")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `types that model Linux say what they model`() throws {
    let folders = ["Processes", "Scheduling", "IPC", "Memory", "Synchronization", "Interrupts"]
    let findings = try folders.flatMap { try Tree.files(under: "Sources/LabKernel/\($0)") }.flatMap { file in
      file.code.indices.compactMap { line -> String? in
        guard let match = file.code[line].firstMatch(of: publicType) else { return nil }
        let isSaid = file.documentation(above: line).contains { $0.contains("- Source") || $0.contains("- Simplified") }
        let name = String(match.output.1)
        return isSaid || ownTypes.contains(name)
          ? nil : file.finding(line, "\(name) has no '- Source:'; instead: name the file and function, or paper")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `a file is named after what it declares`() throws {
    let findings = try Tree.files(under: "Sources").filter { !isNamedWell($0) }.map {
      $0.finding(0, "declares no \($0.name); instead: name it after its type, or Type+Aspect.swift")
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  private var declaration: Regex<Substring> {
    #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public|package)\s+(?!import|extension|init\(\)\s*\{\})/#
  }

  private var publicType: Regex<(Substring, Substring)> {
    #/^public\s+(?:struct|enum|protocol|final\s+class)\s+(\w+)/#
  }

  /// Whether a declaration's name is the file's or begins with it.
  ///
  /// The file that opens a folder bears the folder's name, and `main.swift` the compiler's.
  private func isNamedWell(_ file: SourceFile) -> Bool {
    let name = file.name.split(separator: "+").first.map { String($0) } ?? ""
    if name == file.folder || name == "main" || ideas.contains(file.path) { return true }
    let declares = #/\b(?:struct|enum|protocol|class|actor|extension|typealias|func|var|let)\s+([\w.]+)/#
    return file.code.contains { line in
      line.matches(of: declares).contains { match in
        match.output.1.lowercased().split(separator: ".").contains { $0.hasPrefix(name.lowercased()) }
      }
    }
  }
}
